package secret

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How long a text is that its name makes a secret, and how many different characters it has at least.
const (
	leastLength   = 8
	mostLength    = 8192
	leastDistinct = 3
	// leastAccessKey is half of what AWS's have: other services take shorter ones under their names.
	leastAccessKey = secretKeyLength / 2
)

// plausible reports whether a text may be the secret that its name says it is.
func plausible(text string, kind Kind, firm bool) bool {
	n := utf8.RuneCountInString(text)
	if n < leastLength || len(text) > mostLength || distinct(text) < leastDistinct || reference(text) || placeholder(text) {
		return false
	}
	blanks := 0
	for _, r := range text {
		switch {
		case unicode.IsControl(r):
			return false // keys that have lines are known by their form
		case unicode.IsSpace(r):
			blanks++
		}
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return kind == Password && firm // of others it is how many, or how long
	}
	switch said := wordy(text); {
	case blanks > 0:
		return kind == Password && firm && !prose(text)
	case said && (strings.Contains(text, "/") || slices.ContainsFunc(wordsOf(text), secretWord)):
		return false // where it is kept, or what it is called
	case kind == SecretAccessKey:
		return !said && n >= leastAccessKey
	case kind == Token || kind == SessionToken:
		return !said || firm && tokenLike(text)
	case kind == APIKey && len(wordsOf(text)) == 1 && said:
		return false
	default:
		return firm || !said
	}
}

// secretWord reports whether a word within a text tells that the text is what a secret is called.
func secretWord(w string) bool {
	switch w {
	case "password", "passwd", "secret", "secrets", "token", "tokens", "key", "apikey", "credential", "credentials", "creds", "pwd":
		return true
	}
	return false
}

// tokenLike reports whether words may be a token: several of them, of which none is one that models and their vocabularies are
// called by.
func tokenLike(text string) bool {
	words := wordsOf(text)
	return len(words) > 1 && !slices.ContainsFunc(words, func(w string) bool {
		switch strings.Trim(w, "0123456789") {
		case "model", "base", "large", "small", "tiny", "xl", "uncased", "cased", "bert", "roberta", "gpt", "llama", "mistral", "falcon", "instruct",
			"chat", "tokenizer", "multilingual", "encoder", "decoder", "text", "image", "bearer", "basic", "v", "hf", "csrf", "jwt", "default", "type", "user":
			return true
		}
		return false
	})
}

// maxPassphrase is how many words a passphrase has at most.
const maxPassphrase = 8

// prose reports whether a text with blanks is a sentence, and no passphrase.
func prose(text string) bool {
	words := strings.Fields(text)
	if len(words) > maxPassphrase || strings.HasSuffix(text, ".") || strings.HasSuffix(text, ":") {
		return true
	}
	return slices.ContainsFunc(words, func(w string) bool {
		w = strings.ToLower(strings.Trim(w, ".,:;!?()'\"`"))
		switch w {
		case "the", "a", "an", "of", "for", "to", "is", "are", "your", "you", "if", "must", "with", "in", "on", "or", "and", "not", "this", "enter",
			"please", "use", "used", "from", "by", "be", "no", "should", "can", "=", "==", "+":
			return true
		}
		return secretWord(w)
	})
}

// reference reports whether a text leads to where a value is kept, or is a place of another kind, or is a program's way to
// get at it.
func reference(text string) bool {
	lower := strings.ToLower(text)
	for _, p := range [...]string{
		"arn:", "ssm:", "ssm-secure:", "secretsmanager:", "vault:", "op://", "http://", "https://", "s3://", "file://", "gs://", "env:", "env.", "./",
		"../", "~/", "var.", "local.", "data.", "module.", "aws_", "random_", "os.environ", "process.env", "self.", "args.", "config.", "settings.",
		"secrets.", "projects/", "@microsoft.keyvault", "aws::", "fn::", "$.", "$request", "$context", "$input", "!ref", "!sub", "!getatt",
	} {
		if strings.HasPrefix(lower, p) {
			return true
		}
	}
	for _, p := range [...]string{Unknown, "${", "{{", "}}", "$(", "<%", "%>", "{%", "%(", "secretsmanager", "getpass", "environ", ".secret_string", "'+", "+'", `"+`, `+"`} {
		if strings.Contains(lower, p) {
			return true
		}
	}
	if text[0] == '$' && strings.TrimFunc(text[1:], func(r rune) bool { return r == '_' || r == '.' || unicode.IsLetter(r) || unicode.IsDigit(r) }) == "" {
		return true
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

// stands are what people write where a secret is to be put, wherever in a text it stands.
var stands = [...]string{
	"example", "placeholder", "changeme", "change_me", "change-me", "replaceme", "replace_", "replace-", "redacted", "your_", "your-", "yourpassword", "yoursecret",
	"yourtoken", "yourkey", "yourapikey", "youraccesskey", "yoursecretkey", "insert_", "insert-", "enter_", "enter-", "enteryour", "put_your", "not_set", "notset",
	"undefined", "xxxx", "****", "....", "____", "----", "####", "????", "-here", "_here", "goeshere", "mysecret", "mypassword",
}

// placeholder reports whether a text is what people write where a secret is to be put, AWS's documented examples among it.
func placeholder(text string) bool {
	if standsIn(text) {
		return true
	}
	switch strings.Trim(strings.ToLower(text), "!*._- ") {
	case "password", "passwd", "passphrase", "credential", "credentials", "secret", "token", "testpassword", "adminpassword", "secretpassword", "supersecret",
		"topsecret", "foobarbaz", "string", "disabled", "required", "optional":
		return true
	}
	return len(text) <= longestStand && slices.ContainsFunc(wordsOf(text), func(w string) bool {
		switch w {
		case "your", "dummy", "fake", "mock", "mocked", "sample", "todo", "fixme", "null", "none", "unused", "removed", "hidden", "masked", "test", "testing",
			"foo", "foobar", "xxx", "yyy", "zzz", "replace", "insert", "tbd":
			return true
		}
		return false
	})
}

// standsIn reports whether a text holds what no secret does, however long and random the rest is.
func standsIn(text string) bool {
	lower := strings.ToLower(text)
	return slices.ContainsFunc(stands[:], func(w string) bool { return strings.Contains(lower, w) }) || repeated(text)
}

// longestStand is the length of the longest text that one word makes a placeholder.
const longestStand = 40

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
	if standsIn(body) || sequential(body) {
		return false
	}
	return distinct(body[:min(len(body), 64)]) >= min(max(len(body)/4, 6), 12)
}

// distinct returns how many different bytes a text has.
func distinct(text string) int {
	n := 0
	var seen [256]bool
	for i := range len(text) {
		if !seen[text[i]] {
			seen[text[i]] = true
			n++
		}
	}
	return n
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
	if n := len(w); beside && n > 1 && n < 5 && strings.Trim(w[:n-1], "0123456789") == "" {
		return true // 7b
	}
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
	return longest < 5 && (len(letters) < 6 || vowels*7 >= len(letters))
}
