package terraform

// A usage is a call of one of Terraform's functions whose arguments the soundness tests make up: T is a text, N a number,
// B a boolean, L a list, O an object, S any of the first three and A anything.
type usage struct {
	// sort is what it comes to, in the same letters.
	sort byte
	text string
}

// calls are calls of every function that Terraform 1.13 has:
// https://developer.hashicorp.com/terraform/language/functions
var calls = []usage{
	{'N', "abs(N)"}, {'T', "abspath(path.module)"}, {'T', "abspath(T)"}, {'B', "alltrue([B, B])"}, {'B', "alltrue(L)"}, {'B', "anytrue([B, B])"},
	{'B', "anytrue(L)"}, {'T', "base64decode(T)"}, {'T', "base64decode(base64encode(T))"}, {'T', "base64encode(T)"}, {'T', "base64gzip(T)"},
	{'T', "base64sha256(T)"}, {'T', "base64sha512(T)"}, {'T', "basename(T)"}, {'T', `basename("${T}/a/${T}")`}, {'T', `basename("${T}/x")`},
	{'T', "bcrypt(T)"}, {'B', "can(A)"}, {'B', "can(L[N])"}, {'B', "can(O.a)"}, {'N', "ceil(N)"}, {'N', "ceil(N / 3)"}, {'T', "chomp(T)"},
	{'T', `chomp("${T}\n")`}, {'L', "chunklist(L, N)"}, {'T', `cidrhost("10.0.0.0/16", N)`}, {'T', `cidrnetmask("10.0.0.0/16")`},
	{'T', `cidrnetmask(T)`}, {'T', `cidrsubnet("10.0.0.0/16", 8, N)`}, {'L', `cidrsubnets("10.0.0.0/16", 4, N)`}, {'T', "coalesce(T, S, T)"},
	{'N', "coalesce(N, S)"}, {'L', "coalesce(L, L)"}, {'L', "coalescelist(L, L)"}, {'L', "compact(L)"}, {'L', "concat(L, L)"}, {'L', "concat(L, L, [S])"},
	{'B', "contains(L, S)"}, {'B', "contains(L, A)"}, {'L', "csvdecode(T)"}, {'L', `csvdecode("a,b\n${N},${S}\n")`}, {'T', "dirname(T)"}, {'T', `dirname("${T}/x")`},
	{'L', "distinct(L)"}, {'T', "element(L, N)"}, {'B', "endswith(T, T)"}, {'A', "ephemeralasnull(A)"}, {'T', `file("a.txt")`},
	{'T', `file("${path.module}/a.txt")`}, {'T', `file(T)`}, {'T', `filebase64("a.txt")`}, {'T', `filebase64(T)`}, {'T', `filebase64sha256("a.txt")`},
	{'T', `filebase64sha256(T)`}, {'T', `filebase64sha512("a.txt")`}, {'T', `filebase64sha512(T)`}, {'B', `fileexists("${path.module}/a.txt")`}, {'B', `fileexists(T)`},
	{'T', `filemd5("a.txt")`}, {'T', `filemd5(T)`}, {'L', `fileset(path.module, "*.txt")`}, {'L', `fileset(path.module, T)`}, {'T', `filesha1("a.txt")`}, {'T', `filesha1(T)`},
	{'T', `filesha256("a.txt")`}, {'T', `filesha256(T)`}, {'T', `filesha512("a.txt")`}, {'T', `filesha512(T)`}, {'L', "flatten([L, [L]])"}, {'L', "flatten(L)"},
	{'N', "floor(N)"}, {'N', "floor(N / 3)"}, {'T', `format("%s-%v-%d", T, L, N)`}, {'T', `format("%5.2f|%-4q|%%|%#v", N, T, A)`}, {'T', `format("%s", S)`},
	{'T', `formatdate("DD MMM YYYY", "2018-01-02T23:12:01Z")`}, {'T', `formatdate(T, "2018-01-02T23:12:01Z")`}, {'L', `formatlist("%s-%s", L, S)`}, {'T', "indent(N, T)"}, {'N', "index(L, S)"}, {'N', `index([T, "a"], "a")`},
	{'B', "issensitive(A)"}, {'T', `join(T, L)`}, {'T', `join(T, L, L)`}, {'A', "jsondecode(T)"}, {'A', "jsondecode(jsonencode(A))"}, {'T', "jsonencode(O)"},
	{'T', "jsonencode(A)"}, {'L', "keys(O)"}, {'N', "length(L)"}, {'N', "length(O)"}, {'N', "length(T)"}, {'N', "log(16, 2)"}, {'N', "log(N, 2)"}, {'T', "lookup(O, T, S)"}, {'A', "lookup(O, T)"},
	{'A', "lookup(O, T, A)"}, {'T', "lower(T)"}, {'L', "matchkeys(L, L, L)"}, {'L', `matchkeys([S, S], ["a", "b"], L)`}, {'N', "max(N, N)"}, {'T', "md5(T)"}, {'O', "merge(O, O)"},
	{'O', "merge(O, { a = S }, O)"}, {'N', "min(N, N)"}, {'A', "nonsensitive(A)"}, {'A', "one(L)"}, {'A', "one([S])"}, {'N', `parseint(T, 10)`}, {'N', `parseint("1", 10)`},
	{'T', "pathexpand(T)"}, {'T', `pathexpand("~/x")`}, {'T', "plantimestamp()"}, {'N', "pow(N, 2)"}, {'L', "range(N)"}, {'L', "range(1, N, 2)"}, {'T', `regex("[a-z]", T)`},
	{'O', `regex("(?P<a>[a-z])", T)`}, {'L', `regex("([a-z])(1?)", T)`}, {'L', `regexall("[a-z]", T)`}, {'T', "replace(T, T, T)"}, {'T', `replace(T, "/[ab]/", T)`}, {'L', "reverse(L)"},
	{'T', `rsadecrypt(T, "key")`}, {'A', "sensitive(A)"}, {'L', "setintersection(L, L)"}, {'L', "setproduct(L, L)"}, {'L', "setsubtract(L, L)"}, {'L', "setunion(L, L)"},
	{'T', "sha1(T)"}, {'T', "sha256(T)"}, {'T', "sha512(T)"}, {'N', "signum(N)"}, {'L', "slice(L, 0, N)"}, {'L', "sort(L)"}, {'L', "split(T, T)"}, {'L', `split("-", "${T}-${T}")`},
	{'B', "startswith(T, T)"}, {'B', "strcontains(T, T)"}, {'T', "strrev(T)"}, {'T', "substr(T, 0, N)"}, {'N', "sum([N, N])"}, {'N', "sum(L)"},
	{'T', `templatefile("t.tpl", { n = S, b = B })`}, {'T', `templatefile("${path.module}/t.tpl", { n = S, b = B })`},
	{'T', `templatestring("$${a}-%%{ if b }x%%{ else }$${upper(a)}%%{ endif }", { a = T, b = B })`},
	{'T', `templatestring("$${join(\"-\", [for v in l : b ? v : \"n\"])}", { l = L, b = B })`}, {'T', `templatestring("$${a}", { a = O }).a`},
	{'T', `templatestring("$${a}$${c}", { a = T, b = T })`}, {'B', `templatestring("$${a ? 1 : 2}", { a = B }) == templatestring("$${a ? 1 : 2}", { a = B })`},
	{'T', `textencodebase64(T, "UTF-16LE")`}, {'T', `textdecodebase64(textencodebase64(T, "UTF-16BE"), "UTF-16BE")`}, {'T', `textdecodebase64(T, "UTF-8")`},
	{'T', `timeadd("2017-11-22T00:00:00Z", "10m")`}, {'T', `timeadd("2017-11-22T00:00:00Z", T)`}, {'T', `timeadd("2017-11-22T00:00:00Z", "${N}h")`},
	{'N', `timecmp("2020-01-01T00:00:00Z", T)`}, {'N', `timecmp("2020-01-01T00:00:00Z", "2020-01-0${N}T00:00:00Z")`}, {'T', "timestamp()"}, {'T', "title(T)"}, {'B', "tobool(T)"}, {'B', "tobool(S)"},
	{'L', "tolist(L)"}, {'L', "tolist([S, S])"}, {'O', "tomap(O)"}, {'O', "tomap({ a = S, b = S })"}, {'N', "tonumber(T)"}, {'N', "tonumber(S)"}, {'L', "toset(L)"}, {'L', "toset([S, S])"}, {'T', "tostring(S)"},
	{'O', "transpose(O)"}, {'O', "transpose({ a = L, b = L })"}, {'T', "trim(T, T)"}, {'T', "trimprefix(T, T)"}, {'T', "trimspace(T)"}, {'T', "trimsuffix(T, T)"}, {'A', "try(A, A)"}, {'T', "try(T, T)"},
	{'T', "try(O.a, L[N], T)"}, {'T', "upper(T)"}, {'T', "core::upper(T)"}, {'T', "urlencode(T)"}, {'T', "uuid()"}, {'T', `uuidv5("dns", T)`}, {'T', "uuidv5(T, T)"}, {'L', "values(O)"}, {'A', "yamldecode(T)"},
	{'A', "yamldecode(yamlencode(A))"}, {'T', "yamlencode(O)"}, {'T', "yamlencode(A)"}, {'O', "merge(B ? O : null, B ? O : null, B ? O : null, B ? O : null, B ? O : null, B ? O : null)"},
	{'T', `try(merge(B ? O : null, B ? O : null, B ? O : null, B ? O : null, B ? O : null, B ? O : null).a, T)`},
	{'O', `merge([for v in L : B ? { (T) = v, a = T } : { a = v }]...)`}, {'L', "setproduct([T, T], [T])"}, {'L', "cidrsubnets(T, 4, 4)"}, {'T', `replace("a<R>b<R>", "<R>", T)`}, {'O', "zipmap(L, L)"}, {'O', `zipmap(["a", "b"], [S, S])`}, {'T', `provider::aws::arn_build("aws", "s3", "", "", T)`},
}

// undetermined are the functions of which nobody knows before terraform runs what they come to, whatever their arguments are.
var undetermined = []string{"base64gzip", "bcrypt", "issensitive", "plantimestamp", "provider::aws::arn_build", "rsadecrypt", "sensitive", "timestamp", "uuid"}

// terraformFunctions are the names of Terraform 1.13's functions, as its documentation lists them.
var terraformFunctions = []string{
	"abs", "abspath", "alltrue", "anytrue", "base64decode", "base64encode", "base64gzip", "base64sha256", "base64sha512", "basename", "bcrypt", "can", "ceil",
	"chomp", "chunklist", "cidrhost", "cidrnetmask", "cidrsubnet", "cidrsubnets", "coalesce", "coalescelist", "compact", "concat", "contains", "csvdecode",
	"dirname", "distinct", "element", "endswith", "ephemeralasnull", "file", "filebase64", "filebase64sha256", "filebase64sha512", "fileexists", "filemd5",
	"fileset", "filesha1", "filesha256", "filesha512", "flatten", "floor", "format", "formatdate", "formatlist", "indent", "index", "issensitive", "join",
	"jsondecode", "jsonencode", "keys", "length", "log", "lookup", "lower", "matchkeys", "max", "md5", "merge", "min", "nonsensitive", "one", "parseint",
	"pathexpand", "plantimestamp", "pow", "range", "regex", "regexall", "replace", "reverse", "rsadecrypt", "sensitive", "setintersection", "setproduct",
	"setsubtract", "setunion", "sha1", "sha256", "sha512", "signum", "slice", "sort", "split", "startswith", "strcontains", "strrev", "substr", "sum",
	"templatefile", "templatestring", "textdecodebase64", "textencodebase64", "timeadd", "timecmp", "timestamp", "title", "tobool", "tolist", "tomap",
	"tonumber", "toset", "tostring", "transpose", "trim", "trimprefix", "trimspace", "trimsuffix", "try", "upper", "urlencode", "uuid", "uuidv5", "values",
	"yamldecode", "yamlencode", "zipmap",
}
