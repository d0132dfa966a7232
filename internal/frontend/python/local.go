package python

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// remote holds where an argument doesn't make the workload run on the machine of its author: in local mode nothing
// exists in AWS (https://sagemaker.readthedocs.io/en/v2/overview.html#local-mode). A mock of a session doesn't reach it
// either.
func (in *interp) remote(arg argument) value.Truth {
	var ts []value.Truth
	local := false
	for _, opt := range options(narrow(arg.obj, in.st.path)) {
		here := in.isLocal(arg.name, opt.obj)
		local = local || here
		ts = append(ts, value.Always(tri.Of(!here), nil).When(opt.when))
	}
	if !local {
		return value.Yes()
	}
	return value.Join(ts...)
}

// decidesWhere are the parameters that isLocal looks at.
var decidesWhere = map[string]bool{
	"instance_type": true, "train_instance_type": true, "sagemaker_session": true, "training_mode": true, "mode": true,
	"compute": true,
}

// isLocal reports whether an argument keeps the workload on the author's machine.
func (in *interp) isLocal(param string, o object) bool {
	switch param {
	case "instance_type", "train_instance_type":
		d, ok := o.(datum)
		return ok && (d.Literal() == "local" || d.Literal() == "local_gpu")
	case "sagemaker_session":
		return in.isLocalSession(o)
	case "compute":
		// HyperPod's own tools submit such a job to a cluster that is there already, in the cluster's network.
		p, ok := o.(*place)
		return ok && last(p.class) == "HyperPodCompute"
	case "training_mode", "mode":
		switch o := o.(type) {
		case external:
			return localModes[last(o.path)]
		case datum:
			return localModes[o.Literal()]
		}
	}
	return false
}

// localModes are the modes of a ModelTrainer and a ModelBuilder that start nothing in AWS.
var localModes = map[string]bool{"LOCAL_CONTAINER": true, "IN_PROCESS": true}

// isLocalSession reports whether a session reaches no AWS: it is of local mode, a double, or opened on one.
func (in *interp) isLocalSession(o object) bool {
	p, ok := o.(*place)
	if !ok {
		return o == mock{}
	}
	if p.own != nil && derivesFromLocal(p.own, 0) {
		return true
	}
	switch p.class {
	case localSession:
		return true
	case sessionClass:
		c := in.st.content(p)
		for _, name := range [...]string{"sagemaker_client", "boto_session"} {
			i, given := c.find(name)
			if !given {
				continue
			}
			o := in.present(c.entries[i].obj)
			if o == (mock{}) || o == (client{standIn}) {
				return true
			}
		}
	}
	return false
}

// derivesFromLocal reports whether a class of the script's own is a session of local mode.
func derivesFromLocal(c *class, depth int) bool {
	if depth > maxBases {
		return false
	}
	for _, b := range c.bases {
		switch b := b.(type) {
		case external:
			if isLocalSessionClass(b.path) {
				return true
			}
		case *class:
			if derivesFromLocal(b, depth+1) {
				return true
			}
		}
	}
	return false
}

// isLocalSessionClass reports whether a dotted name is that of a session of local mode.
func isLocalSessionClass(path string) bool {
	name := last(path)
	return strings.HasPrefix(path, "sagemaker.") && (name == "LocalSession" || name == "LocalPipelineSession")
}

// standIn is the service of a client that talks to something that stands in for AWS.
const standIn = "a stand-in for AWS"

// openedClient returns the client of a service that a call opens. One that is opened on an endpoint of the machine itself, as
// LocalStack and moto's server have, makes nothing in AWS.
func openedClient(service string, a *arguments) client {
	if kw, ok := a.keyword("endpoint_url"); ok {
		d, _ := kw.obj.(datum)
		_, rest, found := strings.Cut(d.Literal(), "://")
		host, _, _ := strings.Cut(rest, "/")
		host, _, _ = strings.Cut(host, ":")
		if found && isOwnMachine(host) {
			return client{standIn}
		}
	}
	return client{service}
}

// isOwnMachine reports whether a host is the machine itself, or is named after what stands in for AWS there, as containers are.
func isOwnMachine(host string) bool {
	if host == "localhost" || host == "127.0.0.1" {
		return true
	}
	return slices.ContainsFunc(strings.FieldsFunc(host, func(r rune) bool { return strings.ContainsRune("._-", r) }),
		func(word string) bool { return word == "localstack" || word == "moto" || word == "motoserver" })
}
