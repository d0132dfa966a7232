package terraform

import (
	"net/url"
	"path"
	"strings"
)

// A registryModule is a module of a public registry, as the source of a call names it.
type registryModule struct {
	// name is its address in the registry, with the path of a submodule: "cloudposse/vpc/aws/modules/vpc-endpoints".
	name string
	// ref is the tag of its repository, where it is called from there, and fromGit reports whether it is.
	ref     string
	fromGit bool
}

// registryModuleAt returns the public module that a source names; false for any other source.
// https://developer.hashicorp.com/terraform/language/modules/sources
func registryModuleAt(source string) (registryModule, bool) {
	if strings.HasPrefix(source, ".") || strings.HasPrefix(source, "/") {
		return registryModule{}, false
	}
	address, query, _ := strings.Cut(source, "?")
	if p, ok := inRepository(address, query); ok {
		return p, true
	}
	address, sub, _ := strings.Cut(address, "//")
	for _, host := range []string{"registry.terraform.io/", "registry.opentofu.org/"} {
		address = strings.TrimPrefix(address, host)
	}
	if query != "" || strings.Count(address, "/") != 2 || strings.ContainsAny(address, ":.@") {
		return registryModule{}, false
	}
	return registryModule{name: path.Join(address, sub)}, true
}

// inRepository is registryModuleAt for the repository on GitHub that a registry's module is published from: that of
// namespace/name/provider is namespace/terraform-provider-name.
// https://developer.hashicorp.com/terraform/registry/modules/publish
func inRepository(address, query string) (registryModule, bool) {
	address = strings.TrimPrefix(address, "git::")
	for _, scheme := range []string{"https://", "http://", "ssh://", "git://"} {
		address = strings.TrimPrefix(address, scheme)
	}
	address = strings.TrimPrefix(address, "git@")
	address = strings.Replace(strings.TrimPrefix(address, "www."), "github.com:", "github.com/", 1)
	rest, ok := strings.CutPrefix(address, "github.com/")
	if !ok {
		return registryModule{}, false
	}
	repository, sub, _ := strings.Cut(rest, "//")
	namespace, name, _ := strings.Cut(strings.TrimSuffix(strings.TrimSuffix(repository, "/"), ".git"), "/")
	words := strings.SplitN(name, "-", 3)
	if len(words) != 3 || words[0] != "terraform" || strings.Contains(name, "/") {
		return registryModule{}, false
	}
	args, err := url.ParseQuery(query)
	if err != nil {
		return registryModule{}, false
	}
	ref := strings.TrimPrefix(strings.TrimPrefix(args.Get("ref"), "refs/"), "tags/")
	return registryModule{name: path.Join(namespace, words[2], words[1], sub), ref: ref, fromGit: true}, true
}

// constraints returns which versions a call admits; false where that can't be known, as of a commit.
func (p registryModule) constraints(versions string) ([]constraint, bool) {
	switch {
	case !p.fromGit && versions == "":
		return nil, true
	case !p.fromGit:
		return parseConstraints(versions)
	case p.ref == "" || p.ref == "main" || p.ref == "master" || p.ref == "HEAD":
		return nil, true
	}
	v, given, ok := parseVersion(p.ref)
	if !ok || given < len(v) {
		return nil, false
	}
	return []constraint{{from: v, below: v.next(), bounded: true}}, true
}

// legible returns a module's source as it may be shown: without the credentials that the addresses of a repository or an
// archive can carry before the host (user:password@) and among the arguments (sshkey, token), of which it leaves the
// revision. https://developer.hashicorp.com/terraform/language/modules/sources#generic-git-repository
func legible(source string) string {
	address, query, asked := strings.Cut(source, "?")
	if before, rest, ok := strings.Cut(address, "://"); ok {
		host := len(rest)
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			host = i
		}
		if at := strings.LastIndexByte(rest[:host], '@'); at >= 0 && rest[:at] != "git" {
			address = before + "://" + rest[at+1:]
		}
	}
	if !asked {
		return address
	}
	for _, arg := range strings.Split(query, "&") {
		if strings.HasPrefix(arg, "ref=") {
			return address + "?" + arg
		}
	}
	return address
}
