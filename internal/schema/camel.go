package schema

import (
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Camel returns the camelCase of a dotted path of API names, as SageMaker's operator for Kubernetes has it:
// "VpcConfig.SecurityGroupIds" is "vpcConfig.securityGroupIds".
func Camel(path string) string { return eachName(path, camelName) }

// ACK returns a dotted path of API names as AWS's controllers for Kubernetes have it: "VpcConfig.SecurityGroupIds" is
// "vpcConfig.securityGroupIDs", and "RoleArn" is "roleARN".
func ACK(path string) string { return eachName(path, ackName) }

func eachName(path string, spell func(string) string) string {
	if !strings.Contains(path, ".") {
		return spell(path)
	}
	names := strings.Split(path, ".")
	for i, name := range names {
		names[i] = spell(name)
	}
	return strings.Join(names, ".")
}

func camelName(name string) string {
	if name == "JoinSource" || name == "OutputFilter" {
		return name // the operator's own slip, in DataProcessing
	}
	first, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return ""
	}
	return string(unicode.ToLower(first)) + name[size:]
}

// initialisms are the words that ACK's code generator writes in capitals, as far as SageMaker's names have them
// (aws-controllers-k8s/pkg, names/names.go). An s may follow.
var initialisms = map[string]bool{
	"Acl": true, "Ami": true, "Api": true, "Arn": true, "Aws": true, "Cpu": true, "Dns": true, "Ebs": true, "Ec2": true,
	"Ecr": true, "Efs": true, "Eks": true, "Fpga": true, "Gid": true, "Gpu": true, "Http": true, "Https": true, "Iam": true,
	"Id": true, "Idc": true, "Io": true, "Ip": true, "Json": true, "Jwt": true, "Kms": true, "Oidc": true, "Sdk": true,
	"Sns": true, "Sql": true, "Sqs": true, "Ssl": true, "Tls": true, "Ttl": true, "Ui": true, "Uid": true, "Uri": true,
	"Url": true, "Vpc": true, "Xml": true,
}

func ackName(name string) string {
	words := wordsOf(name)
	for i, word := range words {
		singular := strings.TrimSuffix(word, "s")
		switch {
		case i == 0 && (word == strings.ToUpper(word) || initialisms[singular]):
			words[i] = strings.ToLower(word)
		case i == 0:
			words[i] = strings.ToLower(word[:1]) + word[1:]
		case initialisms[word]:
			words[i] = strings.ToUpper(word)
		case initialisms[singular]:
			words[i] = strings.ToUpper(singular) + "s"
		}
	}
	spelt := strings.Join(words, "")
	if token.IsKeyword(spelt) {
		return spelt + "_" // the generator's names are Go's too
	}
	return spelt
}

// wordsOf splits a name before each capital that begins a word: "EFSFileSystemId" is EFS, File, System and Id.
func wordsOf(name string) []string {
	var words []string
	runes := []rune(name)
	start := 0
	for i := 1; i < len(runes); i++ {
		last := i+1 == len(runes)
		if unicode.IsUpper(runes[i]) && (!unicode.IsUpper(runes[i-1]) || !last && unicode.IsLower(runes[i+1])) {
			words = append(words, string(runes[start:i]))
			start = i
		}
	}
	return append(words, string(runes[start:]))
}
