package frontend

import (
	"slices"

	"github.com/vpclint/vpclint/internal/secret"
	"github.com/vpclint/vpclint/internal/value"
)

// Session is the type of what code opens with keys that it hands over, which no operation of AWS's makes.
const Session = "Session"

// SessionMembers are the members of a session by the variables that AWS's tools read, and by boto3's parameters and the CLI's
// settings. AWS: AWS SDKs and Tools reference guide, "AWS access keys".
var SessionMembers = map[string]string{
	"AWS_ACCESS_KEY_ID": "AccessKeyId", "AWS_SECRET_ACCESS_KEY": "SecretAccessKey", "AWS_SESSION_TOKEN": "SessionToken",
	"aws_access_key_id": "AccessKeyId", "aws_secret_access_key": "SecretAccessKey", "aws_session_token": "SessionToken",
}

// HandOver adds what a program sets a variable or setting to, to the members of the session that it opens. Of several values
// the first stays that is a credential as it is written: beside one of a test's, a real one counts. It reports whether this one does.
func HandOver(fields []value.Field, name string, v value.Value) ([]value.Field, bool) {
	member := SessionMembers[name]
	i := slices.IndexFunc(fields, func(f value.Field) bool { return f.Name == member })
	switch {
	case i < 0:
		return append(fields, value.Field{Name: member, Value: v}), true
	case !isKey(name, fields[i].Value) && (isKey(name, v) || fields[i].Value.Kind() != value.KindScalar):
		fields[i].Value = v
		return fields, true
	}
	return fields, false
}

func isKey(name string, v value.Value) bool {
	if hidden, ok := v.Hidden(); ok {
		v = hidden
	}
	return slices.ContainsFunc(v.Arms(), func(a value.Arm) bool {
		text, known := a.Value.AsString()
		return known && (len(secret.In(name, text)) > 0 || secret.IsSecretAccessKey(text))
	})
}
