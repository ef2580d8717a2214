import ArgumentParser
import Services

/// Describes what happened in one call.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Show what happened in one call, in order.",
        discussion: """
            ID is a uniqueid or linkedid of any of its legs, or the file name of its recording. Shown are the parties, the \
            contact, legs, queue events and visits, transfers and the recording. Exit status 1 if no call has the id.
            """
    )

    @Argument(help: ArgumentHelp("A uniqueid, a linkedid or the name of a recording.", valueName: "id"))
    var id: String

    @Option(
        name: .long,
        help: ArgumentHelp("The time zone of the output, such as Europe/Berlin.", valueName: "zone"),
        completion: .timeZones
    )
    var timezone: String?

    @OptionGroup var output: JSONOption
    @OptionGroup var target: PBXOption
    @OptionGroup var keeping: KeepOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let service = CallService(try common.settings(), keepsServer: keeping.keep)
        let story = try await service.story(of: id, pbx: target.pbx, timeZone: timezone)
        try common.write(story, json: output.json) {
            StoryText(story, width: common.terminal.width, style: common.terminal.outputStyle).text
        }
    }
}
