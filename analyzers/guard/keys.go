package guard

import "strings"

// A Concern is what a condition key tells of a request.
type Concern uint8

// The concerns of keys.
const (
	// OfElse is a key of which it isn't known what it tells.
	OfElse Concern = iota
	// OfPrincipal is who asks.
	OfPrincipal
	// OfResource is what is asked for, and whose it is.
	OfResource
	// OfNetwork is where the request comes from.
	OfNetwork
	// OfService is whether a service of AWS's asks, by itself or for somebody.
	OfService
	// OfManner is how it is asked: when, in which region, by what means, with which parameters. Who asks chooses that.
	OfManner
)

// A keyInfo is what is known of a condition key.
type keyInfo struct {
	concern Concern
	// always says that every signed request has it.
	always bool
	// strangers are the values that it has for somebody, something or somewhere that nobody names.
	strangers []string
}

// own is what nobody names.
const own = string(Stranger)

// infoOf returns what is known of a condition key. Names compare without case.
func infoOf(key string) keyInfo {
	key = strings.ToLower(key)
	info, ok := conditionKeys[key]
	if !ok {
		// aws:ResourceTag/team, s3:x-amz-acl
		for _, family := range keyFamilies {
			if strings.HasPrefix(key, family.prefix) {
				info = family.keyInfo
				break
			}
		}
	}
	if info.strangers == nil {
		info.strangers = []string{own}
	}
	return info
}

// ConcernOf returns what a condition key tells of a request.
func ConcernOf(key string) Concern { return infoOf(key).concern }

// Always reports whether every signed request has a condition key.
func Always(key string) bool { return infoOf(key).always }

// conditionKeys are AWS's, in lower case. AWS: IAM user guide, "AWS global condition context keys"; service authorization
// reference, "Actions, resources, and condition keys for Amazon S3".
var conditionKeys = map[string]keyInfo{
	"aws:principalaccount":  {concern: OfPrincipal, always: true},
	"aws:principalarn":      {concern: OfPrincipal, always: true, strangers: []string{"arn:aws:iam::" + own + ":role/" + own, "arn:aws:iam::" + own + ":user/" + own}},
	"aws:principalorgid":    {concern: OfPrincipal, strangers: []string{"o-" + own}},
	"aws:principalorgpaths": {concern: OfPrincipal, strangers: []string{"o-" + own + "/r-" + own + "/ou-" + own + "/"}},
	"aws:principaltype":     {concern: OfPrincipal, always: true, strangers: []string{"AssumedRole", "User"}},
	"aws:userid":            {concern: OfPrincipal, always: true},
	"aws:username":          {concern: OfPrincipal},
	"aws:sourceidentity":    {concern: OfPrincipal},
	"aws:federatedprovider": {concern: OfPrincipal},
	"kms:calleraccount":     {concern: OfPrincipal, always: true},

	"aws:resourceaccount":         {concern: OfResource, always: true},
	"aws:resourceorgid":           {concern: OfResource, strangers: []string{"o-" + own}},
	"aws:resourceorgpaths":        {concern: OfResource, strangers: []string{"o-" + own + "/r-" + own + "/ou-" + own + "/"}},
	"s3:resourceaccount":          {concern: OfResource, always: true},
	"s3:dataaccesspointaccount":   {concern: OfResource},
	"s3:dataaccesspointarn":       {concern: OfResource, strangers: []string{"arn:aws:s3:" + own + ":" + own + ":accesspoint/" + own}},
	"s3:accesspointnetworkorigin": {concern: OfResource},

	"aws:sourceip":                    {concern: OfNetwork, strangers: []string{own + ".", own + ":"}},
	"aws:vpcsourceip":                 {concern: OfNetwork, strangers: []string{own + ".", own + ":"}},
	"aws:sourcevpc":                   {concern: OfNetwork, strangers: []string{"vpc-" + own}},
	"aws:sourcevpce":                  {concern: OfNetwork, strangers: []string{"vpce-" + own}},
	"aws:sourcevpcarn":                {concern: OfNetwork, strangers: []string{"arn:aws:ec2:" + own + ":" + own + ":vpc/vpc-" + own}},
	"aws:vpceaccount":                 {concern: OfNetwork},
	"aws:vpceorgid":                   {concern: OfNetwork, strangers: []string{"o-" + own}},
	"aws:vpceorgpaths":                {concern: OfNetwork, strangers: []string{"o-" + own + "/r-" + own + "/ou-" + own + "/"}},
	"aws:ec2instancesourcevpc":        {concern: OfNetwork, strangers: []string{"vpc-" + own}},
	"aws:ec2instancesourceprivateip4": {concern: OfNetwork},

	"aws:principalisawsservice":     {concern: OfService, always: true, strangers: []string{"false"}},
	"aws:viaawsservice":             {concern: OfService, always: true, strangers: []string{"false"}},
	"aws:principalservicename":      {concern: OfService},
	"aws:principalservicenameslist": {concern: OfService},
	"aws:calledvia":                 {concern: OfService},
	"aws:calledviafirst":            {concern: OfService},
	"aws:calledvialast":             {concern: OfService},
	"aws:sourcearn":                 {concern: OfService},
	"aws:sourceaccount":             {concern: OfService},
	"aws:sourceorgid":               {concern: OfService},
	"aws:sourceorgpaths":            {concern: OfService},

	"aws:securetransport":        {concern: OfManner, always: true, strangers: []string{"true"}},
	"aws:currenttime":            {concern: OfManner, always: true},
	"aws:epochtime":              {concern: OfManner, always: true},
	"aws:multifactorauthage":     {concern: OfManner},
	"aws:multifactorauthpresent": {concern: OfManner},
	"aws:referer":                {concern: OfManner},
	"aws:requestedregion":        {concern: OfManner, always: true},
	"aws:tagkeys":                {concern: OfManner},
	"aws:tokenissuetime":         {concern: OfManner},
	"aws:useragent":              {concern: OfManner},
	"s3:authtype":                {concern: OfManner},
	"s3:delimiter":               {concern: OfManner},
	"s3:if-match":                {concern: OfManner},
	"s3:if-none-match":           {concern: OfManner},
	"s3:locationconstraint":      {concern: OfManner},
	"s3:max-keys":                {concern: OfManner},
	"s3:prefix":                  {concern: OfManner},
	"s3:signatureage":            {concern: OfManner},
	"s3:signatureversion":        {concern: OfManner},
	"s3:tlsversion":              {concern: OfManner},
	"s3:versionid":               {concern: OfManner},
}

// A keyFamily is the keys that begin alike.
type keyFamily struct {
	prefix string
	keyInfo
}

var keyFamilies = []keyFamily{
	{"aws:principaltag/", keyInfo{concern: OfPrincipal}},
	{"aws:resourcetag/", keyInfo{concern: OfResource}},
	{"s3:existingobjecttag/", keyInfo{concern: OfResource}},
	{"aws:requesttag/", keyInfo{concern: OfManner}},
	{"s3:requestobjecttag", keyInfo{concern: OfManner}},
	{"s3:object-lock-", keyInfo{concern: OfManner}},
	{"s3:x-amz-", keyInfo{concern: OfManner}},
}
