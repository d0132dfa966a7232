package guard

// bits are a set of small numbers. They are never changed once others have them.
type bits []uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }

func (b bits) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b bits) add(i int)      { b[i/64] |= 1 << (i % 64) }

// and returns what both have.
func (b bits) and(c bits) bits {
	out := make(bits, len(b))
	for i := range b {
		out[i] = b[i] & c[i]
	}
	return out
}

// not returns the numbers below n that b hasn't.
func (b bits) not(n int) bits {
	out := make(bits, len(b))
	for i := range b {
		out[i] = ^b[i]
	}
	if rest := n % 64; rest != 0 {
		out[len(out)-1] &= 1<<rest - 1
	}
	return out
}

func (b bits) empty() bool {
	for _, w := range b {
		if w != 0 {
			return false
		}
	}
	return true
}

func (b bits) meets(c bits) bool {
	for i := range b {
		if b[i]&c[i] != 0 {
			return true
		}
	}
	return false
}

// within reports whether c has all that b has.
func (b bits) within(c bits) bool {
	for i := range b {
		if b[i]&^c[i] != 0 {
			return false
		}
	}
	return true
}

// first returns the smallest number; -1 where there is none.
func (b bits) first() int {
	for i := range 64 * len(b) {
		if b.has(i) {
			return i
		}
	}
	return -1
}
