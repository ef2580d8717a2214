import Base

/// A program that is run for every message, with the alerts as JSON on its standard input.
struct ProgramReceiver: ConfiguredReceiver {
    let options: ReceiverOptions
    /// The program's path and its arguments.
    let arguments: [String]
    let context: MessageContext

    func deliver(_ message: OutgoingMessage) async -> DeliveryOutcome {
        let run = ProgramRun(
            arguments,
            environment: Self.environment(message.message, context),
            input: Array(
                ((message.message.call?.json ?? AlertmanagerFormat.webhook(message.message, context).line) + "\n").utf8
            )
        )
        return Self.outcome(of: await run(timeout: timeout), arguments.first ?? "")
    }

    /// The same body as a webhook's is on standard input; these are for a script without a JSON parser.
    static func environment(_ message: AlertMessage, _ context: MessageContext) -> [String: String] {
        let text = MessageText(message, context)
        let first = text.alerts.first
        var variables = [
            "ID": message.id, "REASON": message.reason.rawValue, "GROUP": message.group,
            "EVENT": message.call?.event ?? "", "STATUS": text.isResolved ? "resolved" : "firing",
            "SEVERITY": text.severity.rawValue,
            "RULE": first?.identity.rule ?? "", "SUMMARY": text.title, "TEXT": text.body,
            "LINK": first.flatMap(context.link) ?? "",
        ]
        let labels = first.map(AlertmanagerFormat.labels) ?? [:]
        for (name, value) in labels { variables["LABEL_" + name.uppercased()] = value }
        // A NUL would end the value, and with one of more than 128 KiB the program could not be started.
        return Dictionary(
            uniqueKeysWithValues: variables.map { name, value in
                ("CRM_VOIP_ALERT_" + name, String(value.replacing("\0", with: " ").unicodeScalars.prefix(8000)))
            }
        )
    }

    /// 0 is success, 75 (EX_TEMPFAIL) asks for another attempt, and so does a program that does not end by itself.
    static func outcome(of ending: ProgramRun.Ending, _ path: String) -> DeliveryOutcome {
        switch ending {
        case .exited(0): .delivered()
        case .exited(75): .retry(reason: "\(path) asks for another attempt (status 75)")
        case .exited(let status): .rejected(reason: "\(path) ended with status \(status)")
        case .failed(let reason): .retry(reason: "\(path) \(reason)")
        }
    }
}
