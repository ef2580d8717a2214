import Testing

/// What `config check` reports about a configuration whose keys are individually valid.
@Suite(.enabled(if: Program.isBuilt))
struct ConfigCheckTests {
    /// Runs the check on lines of TOML, in a folder that contains the file `here.csv`.
    private func check(
        _ lines: String,
        _ options: String = "",
        region: String = "CRM_VOIP_PBX_MAIN_REGION=DE"
    ) async throws -> Program.Result {
        try await Program.shell(
            """
            cd "$(mktemp -d)" && : >here.csv && printf '%s\\n' "$1" >c.toml && chmod 600 c.toml
            env \(region) crm-voip config check --config c.toml \(options); status=$?; rm -r "$PWD"; exit $status
            """,
            [lines]
        )
    }

    @Test(arguments: [
        ("csv = 'gone.csv'", "c.toml:2: pbx.main.csv: The file gone.csv does not exist."),
        ("csv = 'gone*'", "c.toml:2: pbx.main.csv: No file matches gone*."),
        ("csv = '.'", "c.toml:2: pbx.main.csv: . is a folder, not a file."),
        ("queue_log = ['here.csv', 'gone']", "c.toml:2: pbx.main.queue_log: The file gone does not exist."),
        ("ami.ca_file = 'gone.pem'", "c.toml:2: pbx.main.ami.ca_file: The file gone.pem does not exist."),
        ("ami.secret_file = 'gone'", "c.toml:2: The file gone does not exist."),
    ])
    func `a file that cannot be read is an error at its key`(line: String, sentence: String) async throws {
        let result = try await check("[pbx.main]\n\(line)")
        #expect(result.errors == "crm-voip: \(sentence)\n")
        #expect(result.status == 78)
    }

    @Test func `a pattern without a match is a warning if other files exist`() async throws {
        let result = try await check("[pbx.main]\ncsv = ['here.csv', 'here.csv.*']")
        #expect(result.errors == "crm-voip: warning: c.toml:2: pbx.main.csv: No file matches here.csv.*.\n")
        #expect(result.output == "c.toml: no errors\n")
        #expect(result.status == 0)
    }

    @Test(arguments: [
        ("[pbx.main]\nextensions = 'abc'", "abc"),
        ("[pbx.main]\ncsv = 'here.csv'\nlayout = 'foo'", "foo"),
        ("[warehouse]\nurl = 'postgres//oops'", "warehouse.url: The connection URL cannot be read."),
        (
            "[contacts]\nurl = 'http://crm'\nquery = 'select 1'",
            "contacts.url: The contacts' URL must begin with postgresql:// or mysql://"
        ),
        (
            "[contacts]\nurl = 'mysql://crm:x/y'\nquery = 'select 1'",
            "contacts.url: The port in the contacts' URL is not a number from 1 to 65535."
        ),
        (
            "[contacts]\ncsv = 'here.csv'\nurl = 'mysql://crm/x'\nquery = 'select 1'",
            "c.toml:2: contacts.csv and contacts.url cannot be used together. Remove one of them."
        ),
        (
            "[contacts]\nurl = 'mysql://crm/x'\npreset = 'odoo'\nquery = 'select 1'",
            "contacts.preset and contacts.query cannot be used together. Remove one of them."
        ),
    ])
    func `faulty patterns, URLs and pairs of keys are found`(lines: String, part: String) async throws {
        let result = try await check(lines)
        #expect(result.errors.contains(part), "\(result.errors)")
        #expect(result.status == 78)
    }

    @Test(arguments: ["csv = 'here.csv'", "ami.username = 'crm'\nami.secret = 'x'"])
    func `a PBX without a region is a warning, because its numbers have no country`(line: String) async throws {
        let result = try await check("[pbx.main]\n\(line)", region: "")
        #expect(result.status == 0)
        #expect(result.errors.hasPrefix("crm-voip: warning: pbx.main.region is not set"), "\(result.errors)")
        #expect(try await check("[pbx.main]\n\(line)").errors == "")
    }

    @Test func `if there are files and a table, it says which is read`() async throws {
        let result = try await check("[pbx.main]\ncsv = 'here.csv'\n[pbx.main.cdr_database]\nhost = 'db'")
        #expect(
            result.errors.contains("warning: The table cdr of pbx.main.cdr_database is not read, because csv is set")
        )
        #expect(result.status == 0)
    }

    @Test func `a key without effect because of a stronger one is named`() async throws {
        let result = try await check("[warehouse]\nurl = 'postgresql://db/x'\nservice = 'y'")
        #expect(
            result.errors
                == "crm-voip: warning: c.toml:3: warehouse.service is not used, because warehouse.url is set.\n"
        )
        #expect(result.status == 0)
    }

    @Test func `connections that fail are named one by one`() async throws {
        let lines = """
            [warehouse]
            url = 'postgresql:///x?host=/nonexistent'
            [pbx.main.cdr_database]
            socket = '/nonexistent/socket'
            [pbx.main.ami]
            port = 1
            username = 'u'
            [contacts]
            url = 'mysql://u@localhost/crm?socket=/nonexistent/socket'
            query = 'select 1 as phone'
            """
        let result = try await Program.shell(
            """
            cd "$(mktemp -d)" && printf '%s\\n' "$1" >c.toml && chmod 600 c.toml
            CRM_VOIP_PBX_MAIN_REGION=DE CRM_VOIP_PBX_MAIN_AMI_SECRET=s crm-voip config check --config c.toml --connect
            status=$?; rm -r "$PWD"; exit $status
            """,
            [lines]
        )
        let found = result.errors.split(separator: "\n")
        #expect(found.count == 4, "\(result.errors)")
        for (line, name) in zip(found, ["warehouse", "pbx.main.cdr_database", "pbx.main.ami", "contacts"]) {
            #expect(line.hasPrefix("crm-voip: \(name): "))
        }
        #expect(result.output == "c.toml: no errors\n")
        #expect(result.status == 69)
    }

    @Test func `without a database the embedded warehouse is not created`() async throws {
        let result = try await Program.shell(
            """
            d="$(mktemp -d)"; CRM_VOIP_DATA="$d/none" crm-voip config check --connect --json; status=$?
            test -e "$d/none" && echo made; rmdir "$d"; exit $status
            """
        )
        #expect(result.output.contains("\"ok\": true"), "\(result.output)")
        #expect(!result.output.contains("made\n"))
        #expect(result.status == 0)
    }
}
