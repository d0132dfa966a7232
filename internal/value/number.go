package value

import (
	"math/big"
	"strconv"
	"strings"
)

// A Number is a number in canonical decimal text, so that equality of numbers is equality of text.
type Number string

// NumberOf returns the canonical form of a decimal literal, or false where text is no number.
func NumberOf(text string) (Number, bool) {
	if plainInteger(text) {
		return Number(text), true
	}
	if len(text) > maxDigits {
		return "", false // reading one takes the square of its length
	}
	f, _, err := big.ParseFloat(strings.ReplaceAll(text, "_", ""), 10, 512, big.ToNearestEven)
	if err != nil || f.IsInf() || f.MantExp(nil) > maxExponent || f.MantExp(nil) < -maxExponent {
		return "", false
	}
	if f.Sign() == 0 {
		return "0", true
	}
	return Number(f.Text('f', -1)), true
}

// plainInteger reports whether text is an integer in canonical form already, as nearly all numbers are.
func plainInteger(text string) bool {
	if text == "" || len(text) > 18 || text[0] == '0' && text != "0" {
		return false
	}
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// maxDigits is the length of the longest literal that is read as a number.
const maxDigits = 4 << 10

// maxExponent bounds the digits of a number's decimal text (2^1024 has about 300).
const maxExponent = 1024

// Int returns the number as an int.
func (n Number) Int() (int, bool) {
	i, err := strconv.ParseInt(string(n), 10, 0)
	return int(i), err == nil
}
