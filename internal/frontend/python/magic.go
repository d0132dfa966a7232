package python

import (
	"bytes"
	"strings"
)

// bodyMagics are the cell magics whose body is Python of the notebook's own namespace.
var bodyMagics = map[string]bool{
	"time": true, "timeit": true, "capture": true, "prun": true, "memit": true, "mprun": true, "lprun": true,
	"heat": true, "python": false, "python3": false,
}

// plainPython returns a cell's text with everything that IPython adds to Python replaced in place by blanks and `pass`, so
// that offsets stay. It is false for a cell that another program runs.
func plainPython(src []byte) ([]byte, bool) {
	out := bytes.Clone(src)
	first := true
	for at := 0; at < len(out); {
		end := lineEnd(out, at)
		line := out[at:end]
		trimmed := bytes.TrimLeft(line, " \t")
		indent := len(line) - len(trimmed)
		if len(bytes.TrimSpace(trimmed)) == 0 {
			at = next(out, end)
			continue
		}
		if first && bytes.HasPrefix(trimmed, []byte("%%")) {
			name, _, _ := strings.Cut(string(bytes.TrimRight(trimmed[2:], "\r")), " ")
			if !bodyMagics[name] {
				return nil, false
			}
			blank(out[at:end], false)
			at = next(out, end)
			continue
		}
		first = false
		if isMagic(trimmed) {
			end = logicalEnd(out, at)
			blank(out[at+indent:end], true)
		} else if eq := assignedMagic(trimmed); eq >= 0 {
			end = logicalEnd(out, at)
			blankValue(out[at+indent+eq : end])
		}
		at = next(out, end)
	}
	return out, true
}

func lineEnd(b []byte, at int) int {
	if i := bytes.IndexByte(b[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(b)
}

func next(b []byte, end int) int { return min(end+1, len(b)) }

// logicalEnd returns the end of a line that goes on over trailing backslashes.
func logicalEnd(b []byte, at int) int {
	for {
		end := lineEnd(b, at)
		if !bytes.HasSuffix(bytes.TrimRight(b[at:end], "\r"), []byte("\\")) || end == len(b) {
			return end
		}
		at = end + 1
	}
}

// isMagic reports whether a line is IPython's: a magic, a command of the shell, a question, or pip without its sign.
func isMagic(line []byte) bool {
	switch line[0] {
	case '!', '?':
		return true
	case '%':
		return true
	}
	trimmed := bytes.TrimSpace(line)
	for _, command := range [...]string{"pip install ", "pip3 install ", "conda install "} {
		if bytes.HasPrefix(trimmed, []byte(command)) {
			return true
		}
	}
	return trimmed[len(trimmed)-1] == '?' && !bytes.ContainsAny(trimmed, "#\"'")
}

// assignedMagic returns where the value begins in a line like `x = !cmd` or `x = %magic`, and -1 for any other line.
func assignedMagic(line []byte) int {
	i := bytes.IndexByte(line, '=')
	if i <= 0 || i+1 >= len(line) || line[i+1] == '=' {
		return -1
	}
	for _, c := range bytes.TrimRight(line[:i], " ") {
		word := c == '_' || c == ',' || c == ' ' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !word {
			return -1
		}
	}
	rest := bytes.TrimLeft(line[i+1:], " \t")
	if len(rest) == 0 || rest[0] != '!' && rest[0] != '%' {
		return -1
	}
	return len(line) - len(rest)
}

// blank replaces a piece by blanks, and by `pass` at its start where a statement must stand there and there is room.
func blank(b []byte, statement bool) {
	for i, c := range b {
		if c != '\n' {
			b[i] = ' '
		}
	}
	if statement && len(b) >= len("pass") && !bytes.ContainsAny(b[:len("pass")], "\n") {
		copy(b, "pass")
	}
}

// blankValue replaces the value of an assignment by an ellipsis, which is no value that anything could take for its own.
func blankValue(b []byte) {
	blank(b, false)
	if len(b) >= len("...") {
		copy(b, "...")
		return
	}
	copy(b, "0")
}
