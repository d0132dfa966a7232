package secret

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// A form is a kind of credential that its issuer gives a recognizable beginning.
type form struct {
	prefix string
	kind   Kind
	// rest are the characters that follow, and least and most how many of them.
	rest        alphabet
	least, most int
}

// An alphabet is a set of ASCII characters.
type alphabet uint8

const (
	upperDigit alphabet = iota
	alphanumeric
	hexadecimal
	wordly // alphanumeric, _ and -
	base64ish
	dotted // wordly and .
)

func (a alphabet) has(c byte) bool {
	if a == alphanumeric {
		return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
	}
	switch {
	case c >= '0' && c <= '9':
		return true
	case c >= 'A' && c <= 'Z':
		return a != hexadecimal || c <= 'F'
	case c >= 'a' && c <= 'z':
		return a != upperDigit && (a != hexadecimal || c <= 'f')
	case c == '_' || c == '-':
		return a == wordly || a == dotted
	case c == '.':
		return a == dotted
	case c == '+' || c == '/' || c == '=':
		return a == base64ish
	}
	return false
}

const unbounded = 1 << 16

// forms are what the issuers document, or what GitHub's secret scanning lists of them, by their first letter. Of two of one beginning the longer
// stands first. AROA, AIDA and their like begin ids that are no secrets.
// AWS: "IAM identifiers", unique identifiers. https://docs.github.com/en/code-security/secret-scanning.
var forms = [utf8.RuneSelf][]form{
	'A': {
		{"AKIA", AccessKeyID, upperDigit, 16, 16},
		{"ASIA", AccessKeyID, upperDigit, 16, 16},
		{"AIza", "Google API key", wordly, 35, 35},
		{"ATATT3", "Atlassian API token", wordly, 60, unbounded},
	},
	'F': {
		{"FwoGZXIvYXdz", SessionToken, base64ish, 60, unbounded},
		{"FQoGZXIvYXdz", SessionToken, base64ish, 60, unbounded},
		{"FQoDYXdz", SessionToken, base64ish, 60, unbounded},
	},
	'G': {
		{"GOCSPX-", "Google client secret", wordly, 28, 28},
	},
	'I': {
		{"IQoJb3JpZ2lu", SessionToken, base64ish, 60, unbounded},
	},
	'K': {
		{"KGAT_", "Kaggle API token", alphanumeric, 24, unbounded},
	},
	'N': {
		{"NRAK-", "New Relic API key", alphanumeric, 27, 27},
	},
	'S': {
		{"SG.", "SendGrid API key", dotted, 50, 80},
		{"SK", "Twilio API key", hexadecimal, 32, 32},
	},
	'a': {
		{"api_org_", "Hugging Face token", alphanumeric, 30, 60},
	},
	'd': {
		{"dapi", "Databricks token", hexadecimal, 32, 32},
		{"dckr_pat_", "Docker token", wordly, 20, unbounded},
		{"dop_v1_", "DigitalOcean token", hexadecimal, 64, 64},
	},
	'e': {
		{"eyJhcGlfYWRkcmVzcyI6", "Neptune API token", base64ish, 30, unbounded},
	},
	'g': {
		{"ghp_", "GitHub token", alphanumeric, 30, 255},
		{"gho_", "GitHub token", alphanumeric, 30, 255},
		{"ghu_", "GitHub token", alphanumeric, 30, 255},
		{"ghs_", "GitHub token", alphanumeric, 30, 255},
		{"ghr_", "GitHub token", alphanumeric, 30, 255},
		{"github_pat_", "GitHub token", wordly, 22, 255},
		{"glc_", "Grafana token", base64ish, 32, unbounded},
		{"glpat-", "GitLab token", dotted, 20, 255},
		{"glsa_", "Grafana token", wordly, 32, 64},
		{"gsk_", "Groq API key", alphanumeric, 40, 80},
	},
	'h': {
		{"hf_", "Hugging Face token", alphanumeric, 30, 60},
		{"hvs.", "Vault token", wordly, 24, unbounded},
		{"https://hooks.slack.com/services/", "Slack webhook", base64ish, 30, 100},
	},
	'l': {
		{"lin_api_", "Linear API key", alphanumeric, 40, 40},
		{"lsv2_", "LangSmith API key", wordly, 32, 80},
	},
	'n': {
		{"npm_", "npm token", alphanumeric, 36, 36},
		{"ntn_", "Notion token", alphanumeric, 40, 60},
		{"nvapi-", "NVIDIA API key", wordly, 40, 100},
	},
	'p': {
		{"pcsk_", "Pinecone API key", wordly, 40, 100},
		{"pplx-", "Perplexity API key", alphanumeric, 40, 64},
		{"pypi-AgE", "PyPI token", wordly, 50, unbounded},
	},
	'r': {
		{"r8_", "Replicate token", alphanumeric, 37, 40},
		{"rk_live_", "Stripe API key", alphanumeric, 16, 255},
	},
	's': {
		{"shpat_", "Shopify token", hexadecimal, 32, 32},
		{"sk-ant-", "Anthropic API key", wordly, 20, 255},
		{"sk-proj-", "OpenAI API key", wordly, 20, 255},
		{"sk-svcacct-", "OpenAI API key", wordly, 20, 255},
		{"sk-admin-", "OpenAI API key", wordly, 20, 255},
		{"sk-or-v1-", "OpenRouter API key", hexadecimal, 40, 80},
		{"sk-", "OpenAI API key", alphanumeric, 32, 64},
		{"sk_live_", "Stripe API key", alphanumeric, 16, 255},
		{"sk_test_", "Stripe API key", alphanumeric, 16, 255},
	},
	'w': {
		{"wandb_v1_", "Weights & Biases API key", wordly, 20, 255},
		{"whsec_", "Stripe webhook secret", base64ish, 24, 100},
	},
	'x': {
		{"xai-", "xAI API key", alphanumeric, 60, 100},
		{"xapp-", "Slack token", wordly, 20, 255},
		{"xoxa-", "Slack token", wordly, 10, 255},
		{"xoxb-", "Slack token", wordly, 10, 255},
		{"xoxe-", "Slack token", wordly, 10, 255},
		{"xoxo-", "Slack token", wordly, 10, 255},
		{"xoxp-", "Slack token", wordly, 10, 255},
		{"xoxr-", "Slack token", wordly, 10, 255},
		{"xoxs-", "Slack token", wordly, 10, 255},
	},
	'y': {
		{"ya29.", "Google access token", wordly, 30, unbounded},
	},
}

// keyed are what stands behind a name that only one issuer uses.
var keyed = []form{
	{"AccountKey=", "Azure storage key", base64ish, 40, 100},
	{"SharedAccessKey=", "Azure access key", base64ish, 40, 100},
}

// byForm returns the credentials within a text that their form gives away.
func byForm(text string) []Found { return scan(text, false) }

func inWord(c byte) bool { return classes[c]&word != 0 }

// formAt returns the credential that begins, or whose mark begins, at an offset.
func formAt(text string, i int) (Found, bool) {
	switch text[i] {
	case '-':
		return armoured(text, i)
	case ':':
		return login(text, i)
	}
	if !startsWord(text, i) {
		return Found{}, false
	}
	rest := text[i:]
	switch {
	case strings.HasPrefix(rest, "eyJ"):
		if n := webToken(rest); n > 0 {
			return Found{"JSON web token", i, i + n}, true
		}
	case strings.HasPrefix(rest, encodedArmour):
		return encodedKey(text, i)
	}
	for _, f := range forms[text[i]] {
		if !strings.HasPrefix(rest, f.prefix) {
			continue
		}
		if n := f.length(rest); n > 0 {
			return Found{f.kind, i, i + n}, true
		}
	}
	for _, f := range keyed {
		if f.prefix[0] == text[i] && strings.HasPrefix(rest, f.prefix) {
			if n := f.length(rest); n > 0 {
				return Found{f.kind, i + len(f.prefix), i + n}, true
			}
		}
	}
	return Found{}, false
}

// length returns how long the credential of a form is that a text begins with; 0 where it begins with none.
func (f form) length(text string) int {
	end := len(f.prefix)
	for end < len(text) && end-len(f.prefix) <= f.most && f.rest.has(text[end]) {
		end++
	}
	body := text[len(f.prefix):end]
	if len(body) < f.least || len(body) > f.most || !random(body) {
		return 0
	}
	if end < len(text) && (alphanumeric.has(text[end]) || text[end] == '+') {
		return 0 // a part of something longer, as of an image in base64
	}
	return end
}

// startsWord reports whether a word may begin at an offset. In the source of a text, an escaped line end isn't part of the word
// behind it.
func startsWord(text string, i int) bool {
	if i == 0 || !inWord(text[i-1]) {
		return i == 0 || text[i-1] != '+'
	}
	c := text[i-1]
	return i > 1 && text[i-2] == '\\' && (c == 'n' || c == 't' || c == 'r')
}

// webToken returns the length of a signed JSON web token; 0 where there is none. RFC 7519, section 3.1.
func webToken(text string) int {
	end, dots := 0, 0
	least := 0
	for ; end < len(text); end++ {
		c := text[end]
		if c == '.' && dots < 2 {
			if end-least < 10 {
				return 0
			}
			dots, least = dots+1, end+1
			if dots == 1 && !strings.HasPrefix(text[end+1:], "eyJ") {
				return 0
			}
			continue
		}
		if !wordly.has(c) {
			break
		}
	}
	if dots < 2 || end-least < 10 || !random(text[:end]) {
		return 0
	}
	return end
}

// Where a private key begins and ends in PEM, RFC 7468, and what its beginning is in base64.
const (
	armour        = "-----BEGIN "
	armourEnd     = "-----END "
	encodedArmour = "LS0tLS1CRUdJTi"
	longestLabel  = 64
)

// armoured returns the private key in PEM that begins at an offset, to its end, or to the end of the text where it has none.
func armoured(text string, i int) (Found, bool) {
	rest := text[i:]
	if !strings.HasPrefix(rest, armour) {
		return Found{}, false
	}
	label, _, ok := strings.Cut(rest[len(armour):min(len(rest), len(armour)+longestLabel)], "-----")
	if !ok || !strings.HasSuffix(label, "PRIVATE KEY") && !strings.HasSuffix(label, "PRIVATE KEY BLOCK") {
		return Found{}, false
	}
	start := len(armour) + len(label) + len("-----")
	end := strings.Index(rest[start:], armourEnd)
	if end < 0 {
		end = len(rest) - start
	}
	if !keyBody(rest[start : start+end]) {
		return Found{}, false
	}
	return Found{PrivateKey, i + start, i + start + end}, true
}

// leastKey is the shortest body of a key that is one: what examples have are a few dots or a word.
const leastKey = 40

func keyBody(body string) bool {
	n := 0
	for i := 0; i < len(body) && n < leastKey; i++ {
		if base64ish.has(body[i]) {
			n++
		}
	}
	return n == leastKey && random(body)
}

// encodedKey returns the private key in PEM that begins at an offset in base64, as manifests hold them.
func encodedKey(text string, i int) (Found, bool) {
	end := i
	for end < len(text) && base64ish.has(text[end]) {
		end++
	}
	head := text[i:min(end, i+longestLabel)]
	plain, err := base64.StdEncoding.DecodeString(head[:len(head)/4*4])
	if err != nil || !strings.Contains(string(plain), "PRIVATE KEY") {
		return Found{}, false
	}
	return Found{PrivateKey, i, end}, true
}

// longestLogin bounds what is looked at behind a scheme.
const longestLogin = 512

// login returns the password of a URL whose scheme ends at an offset: postgres://user:password@host. RFC 3986, section 3.2.1.
func login(text string, i int) (Found, bool) {
	if !strings.HasPrefix(text[i:], "://") {
		return Found{}, false
	}
	start := i + len("://")
	rest := text[start:min(len(text), start+longestLogin)]
	colon, at := -1, -1
	for j := 0; j < len(rest) && at < 0; j++ {
		switch c := rest[j]; c {
		case ':':
			if colon < 0 {
				colon = j
			}
		case '@':
			at = j
		case '/', '?', '#', ' ', '\t', '\n', '\r', '"', '\'', '`', '<', '>', '\\', '{', '}':
			return Found{}, false
		}
	}
	if at < 0 {
		return Found{}, false
	}
	user, word := "", rest[:at]
	if colon >= 0 && colon < at {
		user, word = rest[:colon], rest[colon+1:at]
	} else if Of(word) != "" || len(word) < leastUser || wordy(word) || calledBy("token", word) == "" {
		return Found{}, false // a name, which is no secret, or what is known by its form
	}
	if word == user || len(word) < leastInURL || placeholder(word) || reference(word) {
		return Found{}, false
	}
	return Found{Password, start + at - len(word), start + at}, true
}

// leastInURL is the shortest password in a URL that is taken for one, and leastUser the shortest token in the place of a user.
const (
	leastInURL = 6
	leastUser  = 16
)

// How far from an access key id its secret is looked for, and how long that is. AWS: "Manage access keys for IAM users".
const (
	nearKey         = 400
	secretKeyLength = 40
)

// besideKeys returns the secret access keys that stand near access key ids, which nothing but their company gives away.
func besideKeys(text string, found []Found) []Found {
	var out []Found
	for _, f := range found {
		if f.Kind != AccessKeyID {
			continue
		}
		to := min(f.End+nearKey, len(text))
		for i := max(f.Start-nearKey, 0); i < to; i++ {
			if i > 0 && text[i-1] == '\\' {
				continue // an escaped line end
			}
			end := i
			for end < to && secretKeyCharacter(text[end]) {
				end++
			}
			if IsSecretAccessKey(text[i:end]) {
				out = append(out, Found{SecretAccessKey, i, end})
			}
			i = end
		}
	}
	return out
}

// IsSecretAccessKey reports whether a text has the form of a secret access key, which it shares with other texts: something
// beside it has to say so.
func IsSecretAccessKey(text string) bool {
	if len(text) != secretKeyLength || !random(text) {
		return false
	}
	var lower, upper, digit bool
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z':
			lower = true
		case c >= 'A' && c <= 'Z':
			upper = true
		case c >= '0' && c <= '9':
			digit = true
		case !secretKeyCharacter(c):
			return false
		}
	}
	return lower && upper && digit
}

func secretKeyCharacter(c byte) bool { return c != '=' && base64ish.has(c) }
