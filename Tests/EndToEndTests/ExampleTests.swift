import Glibc
import Testing

/// The programs in `Examples/`, which `make examples` builds as a separate package, so that they see only the public
/// parts of the library products.
@Suite(.enabled(if: Examples.areBuilt, "make examples builds them"))
struct ExampleTests {
    private static let sample = "\(Program.root)/Tests/Samples/asterisk-a"

    /// The counts are those of `cut -d, -f15 | sort | uniq -c`, the seconds those of column 14.
    @Test func `records counts the legs of a file`() async throws {
        let result = try await Program.shell("exec \(Program.folder)/records \(Self.sample)/Master.csv")
        #expect(result.status == 0)
        #expect(
            result.output == """
                ANSWERED: 1593
                NO ANSWER: 133
                FAILED: 123
                BUSY: 82
                seconds of talk: 26306

                """
        )
    }

    /// Each caller who entered left in one way: as many ENTERQUEUE as CONNECT, ABANDON, EXITWITHKEY and EXITWITHTIMEOUT of a
    /// queue (`cut -d'|' -f3,5 queue_log | sort | uniq -c`).
    @Test func `visits counts the visits to each queue by their outcome`() async throws {
        let result = try await Program.shell("exec \(Program.folder)/visits \(Self.sample)/queue_log")
        #expect(result.status == 0)
        #expect(
            result.output == """
                sales: abandoned 26
                sales: answered 86
                sales: exit_key 2
                sales: timed_out 2
                support: abandoned 49
                support: answered 203
                support: exit_key 1

                """
        )
    }

    @Test func `warehouse loads a file and a queue_log`() async throws {
        let script = """
            data=$(mktemp -d /tmp/crm-voip-example.XXXXXX) && chmod 755 "$data"
            \(Program.folder)/warehouse \(Self.sample)/Master.csv \(Self.sample)/queue_log "$data/warehouse"
            status=$?
            CRM_VOIP_DATA="$data/warehouse" \(Program.folder)/crm-voip warehouse stop
            rm -rf "$data"
            exit $status
            """
        let result = try await Program.shell(script)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("\"inserted\": 1931") || result.output.contains("\"inserted\":1931"))
        // As many as ENTERQUEUE of each queue in the log.
        #expect(result.output.hasSuffix("sales 116\nsupport 253\n"), "\(result.output)")
    }

    @Test func `manager says why a PBX cannot be reached`() async throws {
        // Nobody listens on port 5038 of this address: 127.0.0.0/8 is this machine.
        let result = try await Program.shell("exec \(Program.folder)/manager 127.255.255.254 user secret")
        #expect(result.status != 0)
        #expect(result.errors.contains("refused"))
    }
}

private enum Examples {
    static let areBuilt = ["records", "visits", "manager", "warehouse"].allSatisfy {
        access("\(Program.folder)/\($0)", X_OK) == 0
    }
}
