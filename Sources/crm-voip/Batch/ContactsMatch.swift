import ArgumentParser
import CallRecords
import Configuration
import Base
import Pipeline
import Transform
import Warehouse

/// Who a number belongs to, and why.
struct ContactsMatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Show the contact that calls with a number are linked to.",
        discussion: """
            The contacts are those of the last sync; before there was one, those of the configured source. Exit status 1 \
            if no contact has the number.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var target: PBXOption
    @OptionGroup var keeping: KeepOption

    @Argument(help: "The number, as the PBX or somebody in the CRM would write it.")
    var number: String

    @Flag(name: .long, help: "Show the rule that read the number, all candidates, and what chose between them.")
    var explain = false

    func run() async throws {
        let settings = try common.settings()
        let directory = try ContactDirectory(settings, pbx: settings.pbx(target.pbx))
        let explanation = try await WarehouseAccess(settings, keep: keeping.keep).with { [number] warehouse in
            let stored = try ContactRefresh.index(of: warehouse.connection)
            return try (stored ?? directory.read()).explain(number, normaliser: directory.numbers)
        }
        if output.json {
            try StandardOutput.write(Self.json(number, explanation).text() + "\n")
        } else if explain {
            try StandardOutput.write("\(explanation)\n")
        } else if let contact = explanation.candidates.first?.contact {
            try StandardOutput.write("\(contact.kind.rawValue) \(contact.id)  \(contact.name)\n")
        } else {
            common.messages.info("No contact has this number; --explain says how it was read.")
        }
        if explanation.candidates.isEmpty { throw ExitStatus.failed.exitCode }
    }

    private static func json(_ number: String, _ explanation: MatchExplanation) -> JSON {
        [
            "schema_version": 1,
            "number": .string(number),
            "number_e164": explanation.number.party.phoneNumber.map { .string("\($0)") } ?? nil,
            "rule": .string(explanation.number.reason),
            "match": .string(match(explanation)),
            "tie_break": explanation.tieBreak.map { .string($0.explanation) } ?? nil,
            "candidates": .array(
                explanation.candidates.map { candidate in
                    let contact = candidate.contact
                    return [
                        "kind": .string(contact.kind.rawValue), "id": .string(contact.id),
                        "name": .string(contact.name),
                        "owner": contact.owner.map(JSON.string) ?? nil,
                        "priority": .integer(Int(candidate.priority)),
                        "updated_at": contact.updatedAt.map { .string(ZoneTable.utc.iso8601($0)) } ?? nil,
                    ]
                }
            ),
        ]
    }

    private static func match(_ explanation: MatchExplanation) -> String {
        guard explanation.number.party.phoneNumber != nil else { return "no_number" }
        switch explanation.candidates.count {
        case 0: return ContactLink.Match.unmatched.rawValue
        case 1: return ContactLink.Match.matched.rawValue
        default: return ContactLink.Match.ambiguous.rawValue
        }
    }
}
