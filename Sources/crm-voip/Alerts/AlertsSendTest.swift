import ArgumentParser
import Services

struct AlertsSendTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send-test",
        abstract: "Send a test message to the receivers of alerts, and show who got it.",
        discussion: """
            One attempt is made for each receiver, whatever is waiting for it. It exits with 69 if a receiver could not be \
            reached, and with 1 if one refused the message.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @Argument(help: "The receiver, as the configuration names it; all if it is not given.") var receiver: String?

    func run() async throws {
        let result = try await SendTestService(try common.settings()).send(to: receiver)
        try common.write(result, json: output.json) {
            let rows = result.receivers.map { receiver in
                [receiver.name, receiver.isDelivered ? "yes" : "no", receiver.message ?? ""]
            }
            return LiveText.table(["RECEIVER", "DELIVERED", "REMARK"], rows, style: common.terminal.outputStyle)
        }
        if let failure = result.failure { throw ExitStatus(failure).exitCode }
    }
}
