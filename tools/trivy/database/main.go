// Writes a database for Trivy that knows one vulnerability: `database FOLDER`.
package main

import (
	"log"
	"os"
	"time"

	"github.com/aquasecurity/trivy-db/pkg/db"
	"github.com/aquasecurity/trivy-db/pkg/metadata"
	"github.com/aquasecurity/trivy-db/pkg/types"
	bolt "go.etcd.io/bbolt"
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	must(db.Init(os.Args[1]))
	config := db.Config{}
	must(config.BatchUpdate(func(tx *bolt.Tx) error {
		must(config.PutDataSource(tx, "debian 12", types.DataSource{ID: "debian"}))
		fixed := types.Advisory{FixedVersion: "3.0.19-1~deb12u9"}
		must(config.PutAdvisory(tx, []string{"debian 12", "openssl"}, "CVE-2026-0001", fixed))
		return config.PutVulnerability(tx, "CVE-2026-0001", types.Vulnerability{Severity: "HIGH", Title: "A hole"})
	}))
	built := time.Date(2026, 9, 28, 0, 0, 0, 0, time.UTC)
	must(metadata.NewClient(os.Args[1]).Update(metadata.Metadata{
		Version: db.SchemaVersion, UpdatedAt: built, NextUpdate: built.AddDate(100, 0, 0), DownloadedAt: built,
	}))
}
