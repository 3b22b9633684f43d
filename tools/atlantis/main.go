// What Atlantis itself makes of an atlantis.yaml: its parser reads the file, and its finder says which projects a change
// of a file plans. For __tests__/ci/atlantis.test.ts, by hand:
//
//	cd $(mktemp -d) && go mod init check && cp .../tools/atlantis/main.go . && go get github.com/runatlantis/atlantis@v0.47.1 && go build -o check .
//	OCTARINE_ATLANTIS=$PWD/check npx jest __tests__/ci/atlantis.test.ts
//
// Usage: check REPO FILE...; prints JSON: for each FILE, relative to the folder REPO, the names of the projects. Without a
// file: the names of all projects.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/runatlantis/atlantis/server/core/config"
	"github.com/runatlantis/atlantis/server/core/config/valid"
	"github.com/runatlantis/atlantis/server/events"
	"github.com/runatlantis/atlantis/server/logging"
)

func main() {
	repo, files := os.Args[1], os.Args[2:]
	server := valid.NewGlobalCfgFromArgs(valid.GlobalCfgArgs{AllowAllRepoSettings: true})
	parser := config.ParserValidator{}
	parsed, err := parser.ParseRepoCfg(repo, server, "github.com/acme/platform", "main")
	exitOn(err)
	logger, err := logging.NewStructuredLoggerFromLevel(logging.Error)
	exitOn(err)
	planned := map[string][]string{}
	if len(files) == 0 {
		planned[""] = names(parsed.Projects)
	}
	for _, file := range files {
		projects, err := (&events.DefaultProjectFinder{}).DetermineProjectsViaConfig(logger, []string{file}, parsed, repo, nil)
		exitOn(err)
		planned[file] = names(projects)
	}
	exitOn(json.NewEncoder(os.Stdout).Encode(planned))
}

func names(projects []valid.Project) []string {
	found := []string{}
	for _, project := range projects {
		found = append(found, *project.Name)
	}
	return found
}

func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
