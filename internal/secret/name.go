package secret

import (
	"slices"
	"strings"
	"unicode"
)

// maxName bounds the names that are looked at: a longer one is no name.
const maxName = 160

// calledBy returns what kind of credential a text is whose form says nothing: its name has to say so, and the text has to be
// none that a person would write in a secret's place.
func calledBy(name, text string) Kind {
	kind, firm := says(name)
	if kind == "" {
		return ""
	}
	text = text[scheme(text):]
	if !plausible(text, kind, firm) || strings.Join(wordsOf(text), "") == strings.Join(wordsOf(name), "") {
		return ""
	}
	return kind
}

// scheme returns the length of the word before the credential of an HTTP authorization. RFC 9110, section 11.6.2.
func scheme(text string) int {
	for _, s := range [...]string{"Bearer ", "Basic ", "Token ", "bearer ", "basic ", "token "} {
		if strings.HasPrefix(text, s) {
			return len(s)
		}
	}
	return 0
}

// says returns what a name says that it holds. Where it says so firmly, words are secrets too; else it may be about
// something that is none, and words are none.
func says(name string) (kind Kind, firm bool) {
	if len(name) > maxName {
		return "", false
	}
	words := wordsOf(name)
	for i := range words {
		kind, n, firm := kindAt(words, i)
		if kind == "" {
			continue
		}
		rest := words[i+n:]
		if slices.ContainsFunc(rest, about) {
			return "", false
		}
		return kind, firm && !slices.ContainsFunc(rest, func(w string) bool { return !neutral(w) })
	}
	return "", false
}

// kindAt returns the kind of credential that a name speaks of in its word i, how many words that takes, and whether they mean
// nothing else.
func kindAt(words []string, i int) (kind Kind, n int, firm bool) {
	w, before, after := words[i], "", ""
	if i > 0 {
		before = words[i-1]
	}
	if i+1 < len(words) {
		after = words[i+1]
	}
	switch {
	case hasSuffix(w, "password", "passwd", "passphrase"):
		return Password, 1, true
	case w == "pwd" && len(words) > 1, w == "pass" && slices.Contains(owners, before):
		return Password, 1, true
	case hasSuffix(w, "apikey", "apitoken"):
		return APIKey, 1, true
	case hasSuffix(w, "secretkey", "clientsecret", "secretaccesskey"), w == "secret":
		return keyKind(words), 1, true
	case hasSuffix(w, "privatekey"):
		return PrivateKey, 1, true
	case hasSuffix(w, "accesstoken", "authtoken", "bearertoken"):
		return Token, 1, true
	case w == "accesskey":
		return Secret, 1, false
	case w == "token":
		if slices.ContainsFunc(words[:i], inText) {
			return "", 0, false
		}
		return tokenKind(words), 1, true
	case w == "private" && after == "key":
		return PrivateKey, 2, true
	case after == "key" && slices.Contains(keyWords, w):
		return keyKindOf(w), 2, w == "api" || w == "secret"
	case w == "credential" || w == "credentials" || w == "creds":
		return Credential, 1, true
	case (w == "auth" || w == "authorization") && after == "":
		return Credential, 1, false
	case (w == "connection" || w == "conn") && (after == "string" || after == "str"), w == "connstr":
		return Credential, min(2, len(words)-i), false
	}
	return "", 0, false
}

func hasSuffix(w string, suffixes ...string) bool {
	return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(w, s) })
}

// keyKind tells AWS's secret access keys from other secrets.
func keyKind(words []string) Kind {
	if slices.Contains(words, "aws") && slices.Contains(words, "secret") || slices.Contains(words, "access") && slices.Contains(words, "secret") {
		return SecretAccessKey
	}
	return Secret
}

func tokenKind(words []string) Kind {
	if slices.Contains(words, "aws") && (slices.Contains(words, "session") || slices.Contains(words, "security")) {
		return SessionToken
	}
	return Token
}

func keyKindOf(word string) Kind {
	switch word {
	case "encryption", "signing", "master", "access", "secret", "auth", "account":
		return Secret
	}
	return APIKey
}

// keyWords stand before "key" where it is a secret, and not that of a table, a bucket or KMS.
var keyWords = []string{
	"api", "secret", "access", "auth", "encryption", "signing", "account", "subscription", "license", "master", "app", "application",
	"anthropic", "openai", "hf", "huggingface", "wandb", "cohere", "comet", "pinecone", "langchain", "langsmith", "gemini", "datadog", "serpapi",
}

// owners stand before a pass that is a password; others are gone through.
var owners = []string{
	"db", "database", "user", "admin", "root", "basic", "auth", "http", "proxy", "redis", "smtp", "mail", "email", "mysql", "postgres", "pg", "mongo", "rds",
	"redshift", "snowflake", "warehouse", "jdbc", "rabbitmq", "kafka", "ftp", "sftp", "ssh", "ldap", "vpn", "api", "my", "service", "registry", "docker",
}

// inText reports whether a word before "token" makes it a piece of a text, of a list or of a request, and no credential.
func inText(w string) bool {
	switch w {
	case "next", "continuation", "page", "pagination", "request", "idempotency", "idempotent", "creation", "pad", "padding", "eos", "bos", "unk",
		"unknown", "sep", "cls", "mask", "start", "end", "stop", "special", "image", "img", "video", "audio", "vision", "max", "min", "num", "n",
		"number", "new", "total", "input", "output", "prompt", "completion", "context", "generated", "first", "last", "decoder", "encoder", "target",
		"src", "tgt", "oov", "field", "word", "sub", "begin", "concept", "placeholder", "initializer", "trigger", "per", "added", "extra", "text",
		"additional", "boi", "eoi", "sot", "eot", "head", "tail", "marker":
		return true
	}
	return false
}

// about reports whether a word behind a secret's makes the name one of something else: of where the secret is kept, of what
// it is like.
func about(w string) bool {
	switch w {
	case "name", "names", "id", "ids", "arn", "arns", "path", "paths", "file", "files", "filename", "dir", "type", "types", "length", "len", "size",
		"sizes", "count", "counts", "limit", "limits", "max", "min", "url", "uri", "urls", "endpoint", "ref", "refs", "reference", "parameter", "param",
		"parameters", "version", "versions", "field", "column", "col", "expiry", "expires", "expiration", "ttl", "timeout", "policy", "region", "bucket",
		"prefix", "suffix", "label", "labels", "index", "usage", "budget", "enabled", "enable", "required", "provider", "mode", "format", "method",
		"source", "location", "manager", "store", "rotation", "alias", "group", "rate", "ratio", "window", "classification", "embedding", "embeddings",
		"vocab", "mask", "position", "level", "per", "idx", "dim", "num", "service", "server", "host", "user", "username", "issuer", "audience", "scope",
		"status", "stdin", "description", "message", "prompt", "help", "error", "hint", "hash", "pattern", "regex", "title", "kind", "class", "classifier":
		return true
	}
	return false
}

// neutral reports whether a word behind a secret's says no more than which one it is.
func neutral(w string) bool {
	switch w {
	case "value", "val", "default", "env", "var", "variable", "plain", "plaintext", "raw", "string", "str", "base64", "b64", "key", "access", "token",
		"read", "write", "rw", "ro", "prod", "dev", "staging", "old", "data":
		return true
	}
	return strings.Trim(w, "0123456789") == ""
}

// wordsOf returns the words of a name in lower case: DB_PASSWORD, dbPassword, --db-password and DBPassword are of two.
func wordsOf(name string) []string {
	var words []string
	runes := []rune(name)
	start := -1
	end := func(i int) {
		if start >= 0 && i > start {
			words = append(words, strings.ToLower(string(runes[start:i])))
		}
		start = -1
	}
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end(i)
			continue
		case start >= 0 && unicode.IsUpper(r) && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]) && unicode.IsUpper(runes[i-1])):
			end(i)
		}
		if start < 0 {
			start = i
		}
	}
	end(len(runes))
	return words
}
