import FoundationEssentials
import Testing

/// `events --call-events` and `--exec` on what a real PBX sent.
@Suite(.enabled(if: Program.isBuilt, "the program is not beside the tests"))
struct CallEventsTests {
    private struct Event: Decodable {
        var event: String, id: String, linkedid: String
        var pop: String?, outcome: String?
    }

    private static let sample = "\(Program.root)/Tests/Samples/asterisk-a"

    private func events(_ options: String = "") async throws -> [Event] {
        let result = try await Program.shell(
            "crm-voip events --replay '\(Self.sample)/ami-events.raw' --call-events \(options)",
            environment: ["CRM_VOIP_CONFIG": "\(Self.sample)/crm-voip.toml"]
        )
        #expect(result.status == 0, "\(result.errors)")
        return try result.output.split(separator: "\n").map {
            try JSONDecoder().decode(Event.self, from: Data($0.utf8))
        }
    }

    /// The values that a field has in the events of one kind, each once, taken from the file without the program.
    private func field(_ name: String, of event: String) throws -> [String] {
        let bytes = try Data(contentsOf: URL(filePath: Self.sample + "/ami-events.raw"))
        let packets = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n\r\n")
        return packets.filter { $0.split(separator: "\r\n").contains("Event: \(event)") }.compactMap { packet in
            packet.split(separator: "\r\n").first { $0.hasPrefix("\(name): ") }
                .map { String($0.dropFirst(name.count + 2)) }
        }
    }

    @Test func `a real PBX's evening has the calls that its queues report`() async throws {
        let events = try await events()
        func calls(_ kind: String) -> [String] { events.filter { $0.event == kind }.map(\.linkedid) }
        #expect(Set(events.map(\.id)).count == events.count)
        for kind in ["call.ringing", "call.answered", "call.ended", "call.lost", "call.missed"] {
            #expect(Set(calls(kind)).count == calls(kind).count, "\(kind)")
        }
        // All calls of the sample go through queues.
        let connected = try Set(field("Linkedid", of: "AgentConnect"))
        #expect(connected.count > 20 && connected.isSubset(of: calls("call.answered")))
        let abandoned = try Set(field("Linkedid", of: "QueueCallerAbandon"))
        #expect(abandoned.count > 3 && Set(calls("call.lost")) == abandoned.subtracting(connected))
        #expect(try Set(field("Linkedid", of: "AgentCalled")).isSubset(of: calls("call.ringing")))
        #expect(Set(calls("call.lost")).isDisjoint(with: calls("call.answered")))
        let opened = events.filter { $0.event == "pop.open" }.compactMap(\.pop)
        let closed = events.filter { $0.event == "pop.close" }.compactMap(\.pop)
        #expect(Set(opened).count == opened.count && Set(closed).count == closed.count)
        // The file ends in the middle of calls.
        #expect(Set(closed).isSubset(of: opened) && opened.count - closed.count <= 3)
        #expect(try opened.count == field("DestUniqueid", of: "AgentCalled").count)
    }

    @Test func `a program gets each event on its standard input, and need not read it`() async throws {
        let result = try await Program.shell(
            """
            F=$(mktemp -d) && trap 'rm -rf "$F"' EXIT
            printf '#!/bin/sh\\ncat >>"%s/told"\\n' "$F" >"$F/take"
            printf '#!/bin/sh\\ncase $CRM_VOIP_EVENT in call.lost) exit 3;; esac\\n' >"$F/deaf"
            chmod 700 "$F/take" "$F/deaf"
            crm-voip events --replay '\(Self.sample)/ami-events.raw' --exec "$F/take" --exec-parallel 1 >"$F/shown" 2>/dev/null
            echo "status $?"
            cmp "$F/shown" "$F/told" && echo same
            crm-voip events --replay '\(Self.sample)/ami-events.raw' --calls --exec "$F/deaf" >/dev/null 2>"$F/err"
            echo "status $?"
            grep -c 'deaf ended with status 3, for call.lost' "$F/err"
            """,
            environment: ["CRM_VOIP_CONFIG": "\(Self.sample)/crm-voip.toml"]
        )
        let lost = try await events().count { $0.event == "call.lost" }
        #expect(result.output == "status 0\nsame\nstatus 1\n\(lost)\n", "\(result.errors)")
    }

    @Test(arguments: [
        "--exec cat", "--exec-parallel 2", "--exec /bin/cat --exec-parallel 0", "--exec /bin/cat --exec-timeout 0",
        "--call-events --filter Hangup",
    ]) func `options that make no sense are refused`(options: String) async throws {
        let result = try await Program.shell("crm-voip events --replay '\(Self.sample)/ami-events.raw' \(options)")
        #expect(result.status == 64, "\(result.errors)")
    }
}
