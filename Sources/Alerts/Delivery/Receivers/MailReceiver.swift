/// A receiver that is sent mails: through a mail server, or by the machine's own program.
struct MailReceiver: ConfiguredReceiver {
    enum Way: Sendable {
        case server(SMTPClient)
        /// The path of `sendmail`.
        case program(String)
    }

    let options: ReceiverOptions
    let mail: MailOptions
    let way: Way
    let context: MessageContext

    func deliver(_ message: OutgoingMessage) async -> DeliveryOutcome {
        await send(MailMessage(message, mail, context))
    }

    /// Sends a finished mail, in one attempt.
    func send(_ mail: MailMessage) async -> DeliveryOutcome {
        switch way {
        case .server(let client): return await client.send(mail)
        case .program(let path):
            // Lines that end in LF only: that is what programs on Unix expect.
            let bytes = mail.composed.filter { $0 != UInt8(ascii: "\r") }
            let ending = await ProgramRun([path, "-t", "-i"], input: bytes).callAsFunction(timeout: timeout)
            return Self.outcome(of: ending, path)
        }
    }

    /// The statuses of sysexits.h that may pass: unavailable, system error, cannot create, I/O error, temporary failure.
    static func outcome(of ending: ProgramRun.Ending, _ path: String) -> DeliveryOutcome {
        switch ending {
        case .exited(0): .delivered()
        case .exited(let status) where [69, 71, 73, 74, 75].contains(status):
            .retry(reason: "\(path) ended with status \(status)")
        case .exited(let status): .rejected(reason: "\(path) ended with status \(status)")
        case .failed(let reason): .retry(reason: "\(path) \(reason)")
        }
    }
}
