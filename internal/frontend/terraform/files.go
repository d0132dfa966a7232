package terraform

import (
	"crypto/md5"  // filemd5() of Terraform's language, not a defence
	"crypto/sha1" // filesha1() of Terraform's language, not a defence
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// What reading files for expressions may cost.
const (
	// maxListed bounds the names that fileset looks at, maxListedDepth how deep it descends.
	maxListed      = 20_000
	maxListedDepth = 32
	// bytesPerStep makes the steps of an evaluation that reading a text costs.
	bytesPerStep = 256
)

// fromFiles evaluates the functions that read files, and those that make paths:
// https://developer.hashicorp.com/terraform/language/functions/file
// false for any other. Nothing outside the tree is read.
func (ev *evaluator) fromFiles(name string, e *hclsyntax.FunctionCallExpr, args []outcome, sc *scope) (outcome, bool) {
	var f func([]outcome) outcome
	switch name {
	case "file", "filebase64", "filemd5", "filesha1", "filesha256", "filesha512", "filebase64sha256", "filebase64sha512":
		f = one(func(o outcome) outcome { return ev.contents(name, o) })
	case "fileexists":
		f = one(ev.fileExists)
	case "fileset":
		f = ev.fileSet
	case "abspath":
		f = one(ev.absolute)
	case "templatefile", "templatestring":
		f = func(args []outcome) outcome { return ev.rendered(name, e, args, sc) }
	default:
		return outcome{}, false
	}
	return distribute(args, func(args []outcome) outcome { return f(args).orFails(anyFails(args...)) }), true
}

// A located is a path within the tree.
type located struct {
	path string
	// certain tells a path that is relative to a module from one that is relative to where terraform runs, which is the
	// root module's directory unless someone says otherwise.
	certain bool
}

// locate finds what a path names: one that starts at path.module or its like, or is relative to where terraform runs.
func (ev *evaluator) locate(o outcome) (located, string) {
	parts := o.Parts()
	at := located{path: ev.dir}
	rest := ""
	if ref, ok := parts[0].Symbol(); ok && ref.Addr.Name == pathName {
		at.path, at.certain = ref.Addr.Unit, ref.Attr != "cwd"
		parts = parts[1:]
		if len(parts) > 0 {
			rest, ok = parts[0].AsString()
			if !ok || len(parts) > 1 || !strings.HasPrefix(rest, "/") {
				return at, reasonOf("the path is not known", o)
			}
		}
	} else {
		text, known := o.AsString()
		switch {
		case !known:
			return at, reasonOf("the path is not known", o)
		case strings.HasPrefix(text, "/") || strings.HasPrefix(text, "~"):
			return at, "the file " + text + " is outside the tree"
		}
		rest = text
	}
	at.path = path.Join(at.path, rest)
	if at.path == ".." || strings.HasPrefix(at.path, "../") {
		return at, "the file " + rest + " is outside the tree"
	}
	return at, ""
}

// open reads a file of the tree.
func (ev *evaluator) open(o outcome) (*source.File, located, string) {
	at, reason := ev.locate(o)
	switch {
	case reason != "":
		return nil, at, reason
	case ev.tree == nil:
		return nil, at, "the file " + at.path + " can't be read"
	}
	f, err := ev.tree.Open(at.path)
	switch {
	case err != nil:
		return nil, at, "the file " + at.path + " can't be read: " + err.Error()
	case len(f.Bytes) > maxTextBytes:
		return nil, at, "the file " + at.path + " is too long"
	}
	return f, at, ""
}

// contents evaluates file() and the functions that encode what is in a file, or sum it up.
func (ev *evaluator) contents(name string, o outcome) outcome {
	f, at, reason := ev.open(o)
	if f == nil {
		// What is missing is the file, not path.module before it.
		return perhaps(value.OfOpaque(reason, o.Refs()...))
	}
	if v, ok := ev.texts[name+" "+at.path]; ok {
		return ended(v, unless(at.certain))
	}
	text, ok := encoded(name, f.Bytes)
	if !ok {
		return failed("the file "+at.path+" is not UTF-8", o)
	}
	ev.steps += len(f.Bytes) / bytesPerStep
	v := fromCty(cty.StringVal(text))
	if name == "file" {
		v = value.StringAt(v.Literal(), f.Span(0, len(f.Bytes)))
	}
	if ev.texts == nil {
		ev.texts = map[string]value.Value{}
	}
	ev.texts[name+" "+at.path] = v
	return ended(v, unless(at.certain))
}

// unless is the failure of what succeeds where something holds.
func unless(certain bool) tri.Bool {
	if certain {
		return tri.False
	}
	return tri.Unknown
}

// encoded returns the bytes of a file as a function spells them.
func encoded(name string, b []byte) (text string, ok bool) {
	switch name {
	case "filebase64":
		return base64.StdEncoding.EncodeToString(b), true
	case "filemd5":
		h := md5.Sum(b)
		return hex.EncodeToString(h[:]), true
	case "filesha1":
		h := sha1.Sum(b)
		return hex.EncodeToString(h[:]), true
	case "filesha256", "filebase64sha256":
		h := sha256.Sum256(b)
		if name == "filesha256" {
			return hex.EncodeToString(h[:]), true
		}
		return base64.StdEncoding.EncodeToString(h[:]), true
	case "filesha512", "filebase64sha512":
		h := sha512.Sum512(b)
		if name == "filesha512" {
			return hex.EncodeToString(h[:]), true
		}
		return base64.StdEncoding.EncodeToString(h[:]), true
	}
	return string(b), utf8.Valid(b)
}

// fileExists evaluates fileexists(). A file that is not there now may be built before terraform runs.
func (ev *evaluator) fileExists(o outcome) outcome {
	at, reason := ev.locate(o)
	if reason == "" && ev.tree != nil {
		if _, err := ev.tree.Open(at.path); err == nil && at.certain {
			return sure(value.OfBool(true))
		}
		reason = "the file " + at.path + " is not in the tree"
	}
	return unknown(reason, o)
}

// absolute evaluates abspath(): still a path of the tree, of which the beginning is not known.
func (ev *evaluator) absolute(o outcome) outcome {
	at, reason := ev.locate(o)
	text, known := o.AsString()
	switch {
	case known && strings.HasPrefix(text, "/"):
		return ended(value.OfString(path.Clean(text)), tri.False)
	case reason != "":
		return unknown(reason, o)
	}
	return ended(value.OfSymbol(absoluteOf(at.path)), tri.False)
}

// absoluteOf refers to the absolute path of a directory or file of the tree.
func absoluteOf(p string) value.Ref {
	return value.Ref{Addr: value.Address{Unit: p, Name: pathName}, Attr: "abspath"}
}

// fileSet evaluates fileset(): the files below a directory that match. That none does is not believed, since a directory
// of what is built may be empty until then.
func (ev *evaluator) fileSet(args []outcome) outcome {
	if len(args) != 2 {
		return failed("fileset takes two arguments", args...)
	}
	at, reason := ev.locate(args[0])
	pattern, ok := args[1].AsString()
	list, can := ev.tree.(frontend.Lister)
	switch {
	case reason == "" && !ok:
		reason = reasonOf("the pattern is not known", args[1])
	case reason == "" && !(can && cheap(pattern) && doublestar.ValidatePattern(pattern)):
		reason = "fileset() is known only when terraform runs"
	}
	if reason != "" {
		return unknown(reason, args...)
	}
	w := &walk{ev: ev, list: list, pattern: pattern, depth: strings.Count(pattern, "/") + 1}
	if strings.Contains(pattern, "**") {
		w.depth = maxListedDepth
	}
	w.visit(at.path, "", 1)
	if w.incomplete || len(w.found) == 0 {
		return unknown("not all files of "+at.path+" are known", args...)
	}
	slices.Sort(w.found)
	elems := make([]value.Value, len(w.found))
	for i, name := range w.found {
		elems[i] = fromCty(cty.StringVal(name))
	}
	return ended(toSet(value.OfList(elems, false)), unless(at.certain))
}

// cheap reports whether a pattern can't take long: braces multiply it, and stars go back over what they have matched.
func cheap(pattern string) bool {
	const maxLength, maxBraces, maxStars = 512, 3, 8
	return len(pattern) <= maxLength && strings.Count(pattern, "{") <= maxBraces && strings.Count(pattern, "*") <= maxStars
}

// A walk looks for the files of fileset.
type walk struct {
	ev         *evaluator
	list       frontend.Lister
	pattern    string
	depth      int
	found      []string
	seen       int
	incomplete bool
}

func (w *walk) visit(dir, prefix string, depth int) {
	entries, err := w.list.List(dir)
	if err != nil {
		w.incomplete = true
		return
	}
	for _, e := range entries {
		w.seen++
		w.ev.steps++
		if w.seen > maxListed {
			w.incomplete = true
		}
		if w.incomplete {
			return
		}
		name := prefix + e.Name
		switch {
		case e.Dir && depth < w.depth:
			w.visit(path.Join(dir, e.Name), name+"/", depth+1)
		case e.Dir && strings.Contains(w.pattern, "**"):
			w.incomplete = true
		case !e.Dir && doublestar.MatchUnvalidated(w.pattern, name):
			w.found = append(w.found, name)
		}
	}
}
