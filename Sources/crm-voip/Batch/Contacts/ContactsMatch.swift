import ArgumentParser
import CallRecords
import Services
import Transform

/// To whom a number belongs, and why.
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
        let service = ContactService(try common.settings())
        let result = try await service.match(number, pbx: target.pbx, keepsServer: keeping.keep)
        let contact = result.explanation.candidates.first?.contact
        if output.json || explain || contact != nil {
            try common.write(result, json: output.json) {
                explain
                    ? "\(result.explanation)\n"
                    : contact.map { "\($0.kind.rawValue) \($0.id)  \($0.name)\n" } ?? ""
            }
        } else {
            common.messages.info("No contact has this number; --explain says how it was read.")
        }
        if contact == nil { throw ExitStatus.failed.exitCode }
    }
}
