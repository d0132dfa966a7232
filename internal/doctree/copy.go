package doctree

// WithText returns a copy of a scalar with another text, which is no plain scalar.
func (n *Node) WithText(text string) *Node {
	return n.with(func(c *Node) { c.Kind, c.Text, c.Plain = String, text, false })
}

// WithPairs returns a copy of a mapping with other entries.
func (n *Node) WithPairs(pairs []Pair) *Node {
	return n.with(func(c *Node) { c.Pairs = pairs })
}

// WithItems returns a copy of a sequence with other values.
func (n *Node) WithItems(items []*Node) *Node {
	return n.with(func(c *Node) { c.Items = items })
}

func (n *Node) with(change func(*Node)) *Node {
	c := *n
	change(&c)
	if n.written != nil {
		w := *n.written
		change(&w.untagged)
		c.written = &w
	}
	return &c
}
