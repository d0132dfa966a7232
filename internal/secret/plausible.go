package secret

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How long and how varied a text is that its name alone makes a secret. What stands under a name that says more than "secret"
// has to be more varied, since that may be about something else.
const (
	leastLength     = 8
	mostLength      = 8192
	leastEntropy    = 2.5 // bits for each character
	doubtfulLength  = 12
	doubtfulEntropy = 3.0
)

// plausible reports whether a text may be the secret that its name says it is.
func plausible(text string, kind Kind, surely bool) bool {
	n := utf8.RuneCountInString(text)
	if n < leastLength || len(text) > mostLength || reference(text) || placeholder(text) {
		return false
	}
	digits, letters, others := 0, 0, 0
	for _, r := range text {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return false // prose; keys that have lines are known by their form
		case r >= '0' && r <= '9':
			digits++
		case unicode.IsLetter(r):
			letters++
		default:
			others++
		}
	}
	bits := entropy(text)
	switch {
	case bits < leastEntropy:
		return false
	case digits == n:
		return kind == Password && !sequential(text)
	case !surely:
		return digits > 0 && letters > 0 && n >= doubtfulLength && bits >= doubtfulEntropy && !wordy(text)
	case kind != Password && digits == 0 && n < doubtfulLength:
		return false
	}
	return !wordy(text)
}

// reference reports whether a text leads to where a value is kept, or is a place of another kind, or is a program's way to
// get at it.
func reference(text string) bool {
	lower := strings.ToLower(text)
	for _, p := range [...]string{
		"arn:", "ssm:", "ssm-secure:", "secretsmanager:", "vault:", "op://", "http://", "https://", "s3://", "file://", "gs://", "env:", "env.", "/", "./",
		"../", "~/", "var.", "local.", "data.", "module.", "aws_", "random_", "os.environ", "process.env", "self.", "args.", "config.", "settings.",
		"secrets.", "projects/", "keyvault", "$", "@", "!ref", "!sub", "!getatt",
	} {
		if strings.HasPrefix(lower, p) {
			return true
		}
	}
	for _, p := range [...]string{Unknown, "${", "{{", "}}", "$(", "<%", "%>", "{%", "%(", "secretsmanager", "getpass", "environ", ".secret_string", "::"} {
		if strings.Contains(lower, p) {
			return true
		}
	}
	return enclosed(text) || strings.HasSuffix(text, "()") || strings.HasSuffix(lower, ".pem") || strings.HasSuffix(lower, ".json") || strings.HasSuffix(lower, ".txt")
}

// enclosed reports whether a text is a name in brackets, which is to be replaced: <token>, {token}, [TOKEN], %TOKEN%, __TOKEN__.
func enclosed(text string) bool {
	for _, pair := range [...]string{"<>", "{}", "[]", "()", "%%", "__"} {
		if text[0] == pair[0] && text[len(text)-1] == pair[1] {
			return true
		}
	}
	return strings.Contains(text, "<") && strings.Contains(text, ">")
}

// stand are the words that people write where a secret is to be put.
var stand = []string{
	"example", "placeholder", "changeme", "change_me", "change-me", "replaceme", "replace", "redacted", "your_", "your-", "yourpassword", "yoursecret",
	"yourtoken", "yourkey", "yourapikey", "youraccesskey", "yoursecretkey", "insert", "enter_", "enter-", "enteryour", "put_your", "dummy", "sample", "todo",
	"fixme", "not_set", "notset", "undefined", "xxxx", "****", "....", "____", "----", "####", "????", "abcdefgh", "12345678", "23456789", "qwertyui",
	"p@ssw0rd", "passw0rd", "password123", "my_secret", "mysecret", "my-secret", "mypassword", "my_password", "my-password", "mytoken", "my_token", "my-token", "myapikey",
	"secret_here", "token_here", "key_here", "goes_here", "-here", "_here", "goeshere", "null", "none", "unused", "removed", "hidden", "masked", "mock", "fake",
}

// placeholder reports whether a text is what people write where a secret is to be put, AWS's documented examples among it.
func placeholder(text string) bool {
	lower := strings.ToLower(text)
	short := len(lower) <= 2*longestStand
	for _, w := range stand {
		if !strings.Contains(lower, w) {
			continue
		}
		// In a long random text a short word stands by chance.
		if short || len(w) >= certainWord {
			return true
		}
	}
	if strings.HasPrefix(lower, "your") || strings.HasPrefix(lower, "test") && strings.Trim(lower, "tes0123456789_-!") == "" {
		return true
	}
	plain := strings.Trim(lower, "0123456789!@#$%._-")
	switch plain {
	case "password", "passwd", "secret", "token", "admin", "root", "test", "testing", "testpassword", "pass", "postgres", "adminpassword", "secretpassword", "supersecret", "topsecret", "apikey", "user", "demo", "abc", "foo", "foobar", "string", "value":
		return true
	}
	return repeated(text)
}

// How long a placeholder is at most, and the words that stand in no random text by chance.
const (
	longestStand = 24
	certainWord  = 7
)

// repeated reports whether a text has a run of one character, which random ones don't.
func repeated(text string) bool {
	run := 1
	for i := 1; i < len(text); i++ {
		if text[i] == text[i-1] {
			if run++; run >= 5 {
				return true
			}
		} else {
			run = 1
		}
	}
	return false
}

// random reports whether the body of a known form was drawn and not written: many different characters, and no word in it
// that says otherwise.
func random(body string) bool {
	if placeholder(body) || sequential(body) {
		return false
	}
	distinct := 0
	var seen [256]bool
	for i := 0; i < len(body) && i < 64; i++ {
		if !seen[body[i]] {
			seen[body[i]] = true
			distinct++
		}
	}
	return distinct >= min(max(len(body)/4, 6), 12)
}

// sequential reports whether a text goes up or down by one for long: 12345678, abcdefgh, 0123456789ABCDEF.
func sequential(text string) bool {
	up, down := 1, 1
	for i := 1; i < len(text); i++ {
		switch int(text[i]) - int(text[i-1]) {
		case 1:
			up, down = up+1, 1
		case -1:
			up, down = 1, down+1
		default:
			up, down = 1, 1
		}
		if up >= 6 || down >= 6 {
			return true
		}
	}
	return false
}

// entropy returns the bits of each character, by how often each stands in the text.
func entropy(text string) float64 {
	counts := map[rune]int{}
	n := 0
	for _, r := range text {
		counts[r]++
		n++
	}
	// Summed by count and not by character: floating point adds differently in another order.
	byCount := map[int]int{}
	most := 0
	for _, c := range counts {
		byCount[c]++
		most = max(most, c)
	}
	bits := 0.0
	for c := 1; c <= most; c++ {
		p := float64(c) / float64(n)
		bits -= float64(byCount[c]) * p * math.Log2(p)
	}
	return bits
}

// wordy reports whether a text is words that a person can say, maybe with numbers between them: my-db-password, prod_2024_v2,
// tokenizer.json.
func wordy(text string) bool {
	for _, r := range text {
		if r > unicode.MaxASCII || !alphanumeric.has(byte(r)) && !strings.ContainsRune("-_./:, ", r) {
			return false
		}
	}
	words := wordsOf(text)
	if len(words) > 2 && len(text) < leastWord*len(words) {
		return false // letters in upper and lower case by chance
	}
	for _, w := range words {
		if !sayable(w, len(words) > 1) {
			return false
		}
	}
	return true
}

// How long words are: the longest with no break in it, and what several have on average.
const (
	longestWord = 18
	leastWord   = 3
)

// sayable reports whether a piece of a text is a word, or a number or a version beside words.
func sayable(w string, beside bool) bool {
	letters := strings.TrimRight(w, "0123456789")
	digits := len(w) - len(letters)
	switch {
	case digits > 0 && (!beside || digits > 4 || len(letters) > 3 && digits > 2):
		return false
	case strings.ContainsAny(letters, "0123456789"):
		return false
	case len(letters) > longestWord:
		return false
	}
	vowels, run, longest := 0, 0, 0
	for i := range len(letters) {
		if strings.IndexByte("aeiouy", letters[i]) >= 0 {
			vowels++
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest < 5 && (len(letters) < 6 || vowels*5 >= len(letters))
}
