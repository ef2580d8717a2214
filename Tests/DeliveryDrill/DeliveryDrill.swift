import Alerts
import Base
import Glibc
import Logging

/// Queues numbered messages and delivers them to a webhook until it is killed; without a number, it delivers what waits
/// and ends. A test kills it at random moments.
///
///     delivery-drill FOLDER URL [FIRST-NUMBER]
@main
struct DeliveryDrill {
    static func main() async throws {
        let arguments = CommandLine.arguments
        // So small that programs are also killed while they compact.
        var limits = Spool.Limits()
        limits.compactionFloor = 2048
        let spool = try Spool(folder: arguments[1], limits: limits)
        var options = ReceiverOptions(name: "hook")
        options.timeout = .seconds(5)
        let hook = try ReceiverFactory(context: MessageContext()).receiver(options, .webhook(url: arguments[2]))
        let delivery = AlertDelivery(
            spool: spool,
            receivers: [hook],
            logger: Logger(label: "drill") { _ in
                SwiftLogNoOpLogHandler()
            }
        )
        let running = Task { await delivery.run() }
        guard arguments.count > 3, let first = Int(arguments[3]) else {
            while delivery.status.contains(where: { $0.queued > 0 }) { try await Task.sleep(for: .milliseconds(10)) }
            running.cancel()
            return
        }
        for number in first... {
            let id = "m\(number)"
            // Groups of their own: merged messages would hide ids.
            let message = AlertMessage(
                id: id,
                receiver: "hook",
                reason: .firing,
                group: id,
                alerts: [],
                createdAt: .now
            )
            do {
                try await delivery.accept(message)
            } catch {
                print(error)
                exit(75)
            }
            // Only what has been accepted is promised. One write: a killed program leaves no half of a line.
            let line = Array("\(id)\n".utf8)
            _ = line.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        }
    }
}
