import AMI
import AMIClient
import Switchboard

/// Prints the channels of a PBX, then its events for as long as it runs: `manager HOST USER SECRET [CA.pem]`
@main
struct Manager {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4 else { return print("usage: manager HOST USER SECRET [CA.pem]") }
        var configuration = ManagerConfiguration(host: arguments[1], username: arguments[2], secret: arguments[3])
        if arguments.count > 4 {
            (configuration.tls, configuration.port, configuration.caFile) = (true, 5039, arguments[4])
        }
        try await ManagerClient.withConnection(configuration) { client in
            let pong = try await client.send(Action("Ping"), timeout: .seconds(2))
            print("ping: \(pong.isSuccess ? "pong" : "no answer")")
            for channel in try await CallControl(client).channels() {
                print(channel.name, channel.state.map { "\($0)" } ?? "unknown")
            }
        }
    }
}
