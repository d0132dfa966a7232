package python

import (
	"cmp"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// A num is a number of Python's: an int that is small enough to be computed with, or a float. A float's datum keeps the
// text that Python has for it ("1.0"), which a request doesn't tell from an int.
type num struct {
	real bool
	i    int64
	f    float64
}

// float returns the number as a float.
func (n num) float() float64 {
	if n.real {
		return n.f
	}
	return float64(n.i)
}

// numberOf returns the number that an object is; a bool is one to Python.
func numberOf(o object) (num, bool) {
	d, ok := o.(datum)
	if !ok {
		return num{}, false
	}
	switch s, _ := d.Scalar(); s := s.(type) {
	case bool:
		if s {
			return num{i: 1}, true
		}
		return num{}, true
	case value.Number:
		if !strings.ContainsAny(string(s), ".e") {
			i, err := strconv.ParseInt(string(s), 10, 64)
			return num{i: i}, err == nil
		}
		f, err := strconv.ParseFloat(string(s), 64)
		return num{real: true, f: f}, err == nil
	}
	return num{}, false
}

func ofInt(i int64) datum { return datum{value.OfNumber(value.Number(strconv.FormatInt(i, 10)))} }

// ofFloat returns a float. Those that aren't finite are no number to a request.
func ofFloat(f float64) datum {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return unknown("it is no finite number")
	}
	return datum{value.OfNumber(value.Number(floatText(f)))}
}

// floatText returns repr(f).
func floatText(f float64) string {
	if a := math.Abs(f); a != 0 && (a < 1e-4 || a >= 1e16) {
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// canonical returns a number as requests have it.
func canonical(v value.Value) value.Value {
	s, _ := v.Scalar()
	n, ok := s.(value.Number)
	if !ok || !strings.ContainsAny(string(n), ".e") {
		return v
	}
	c, ok := value.NumberOf(string(n))
	if !ok || c == n {
		return v
	}
	return value.OfNumber(c).WithOrigin(v.Origin())
}

// intOf returns the int that a literal of Python's, or another program's, spells.
func intOf(text string) (datum, bool) {
	if i, err := strconv.ParseInt(text, 0, 64); err == nil {
		return ofInt(i), true
	}
	if n, ok := value.NumberOf(text); ok && !strings.ContainsAny(text, ".eExXoObB") {
		return datum{value.OfNumber(n)}, true
	}
	return datum{}, false
}

// compute applies an operator to two numbers. What overflows an int of 64 bits isn't computed, and what raises has no value.
func compute(op pyast.Operator, x, y num) (datum, bool) {
	switch op {
	case pyast.Div:
		if y.float() == 0 {
			return datum{}, false
		}
		return ofFloat(x.float() / y.float()), true
	case pyast.FloorDiv, pyast.Mod:
		return divide(op, x, y)
	case pyast.Pow:
		return power(x, y)
	}
	if x.real || y.real {
		switch op {
		case pyast.Add:
			return ofFloat(x.float() + y.float()), true
		case pyast.Sub:
			return ofFloat(x.float() - y.float()), true
		case pyast.Mult:
			return ofFloat(x.float() * y.float()), true
		}
		return datum{}, false
	}
	a, b, r := big.NewInt(x.i), big.NewInt(y.i), new(big.Int)
	switch op {
	case pyast.Add:
		r.Add(a, b)
	case pyast.Sub:
		r.Sub(a, b)
	case pyast.Mult:
		r.Mul(a, b)
	case pyast.BitOr:
		r.Or(a, b)
	case pyast.BitAnd:
		r.And(a, b)
	case pyast.BitXor:
		r.Xor(a, b)
	case pyast.LShift, pyast.RShift:
		const most = 62
		if y.i < 0 || y.i > most {
			return datum{}, false
		}
		if op == pyast.LShift {
			r.Lsh(a, uint(y.i))
		} else {
			r.Rsh(a, uint(y.i))
		}
	default:
		return datum{}, false
	}
	return ofInt(r.Int64()), r.IsInt64()
}

// divide evaluates // and %, which round down.
func divide(op pyast.Operator, x, y num) (datum, bool) {
	if y.float() == 0 {
		return datum{}, false
	}
	if x.real || y.real {
		// CPython corrects the rounding of both in steps that aren't worth repeating.
		return datum{}, false
	}
	if x.i == math.MinInt64 {
		return datum{}, false
	}
	q, m := x.i/y.i, x.i%y.i
	if m != 0 && (m < 0) != (y.i < 0) {
		q, m = q-1, m+y.i
	}
	if op == pyast.Mod {
		return ofInt(m), true
	}
	return ofInt(q), true
}

// power evaluates ** of small ints.
func power(x, y num) (datum, bool) {
	const most = 62
	if x.real || y.real || y.i < 0 || y.i > most {
		return datum{}, false
	}
	r := new(big.Int).Exp(big.NewInt(x.i), big.NewInt(y.i), nil)
	return ofInt(r.Int64()), r.IsInt64()
}

// order compares two numbers.
func order(x, y num) int {
	if !x.real && !y.real {
		return cmp.Compare(x.i, y.i)
	}
	a, b := new(big.Float).SetFloat64(0), new(big.Float).SetFloat64(0)
	for _, side := range []struct {
		to *big.Float
		n  num
	}{{a, x}, {b, y}} {
		if side.n.real {
			side.to.SetFloat64(side.n.f)
		} else {
			side.to.SetPrec(64).SetInt64(side.n.i)
		}
	}
	return a.Cmp(b)
}
