import AMI
import AMIClient
import Base
import Switchboard

// The code of docs/swift.md, so that the build checks it. A test compares the two.

/// Asks a PBX what it is and what it does, then prints its calls for as long as it runs: `guide SECRET`
@main
struct Guide {
    static func main() async throws {
        guard let secret = CommandLine.arguments.dropFirst().first else { return print("usage: guide SECRET") }
        var configuration = ManagerConfiguration(host: "pbx.example", port: 5039, username: "crm", secret: secret)
        configuration.tls = true
        configuration.caFile = "/etc/crm-voip/pbx-ca.pem"

        try await ManagerClient.withConnection(configuration) { client in
            // Await the answer, with a time-out of its own.
            let reply = try await client.send(Action("CoreSettings"), timeout: .seconds(3))
            print(reply.response["AsteriskVersion"] ?? "unknown")

            // Or take it by a callback. Cancelling the returned task gives the answer up.
            client.send(Action("Ping")) { result in
                if case .success(let reply) = result { print(reply.response["Ping"] ?? "") }
            }

            // What is still waiting for its answer, oldest first.
            for action in await client.inFlight { print(action.name) }

            // A list comes as one value; it is bounded in items and bytes.
            for item in try await client.list(Action("CoreShowChannels")) { print(item["Channel"] ?? "") }
        }

        try await EventFeed.withFeed(configuration) { feed in
            var calls = ActiveCalls()
            while let item = try await feed.events.next() {
                switch item {
                case .event(let received):
                    for part in received.parts {
                        for change in calls.apply(part.event, at: received.time(or: .now)) {
                            print(change.call.id, change.call.stage.rawValue)
                        }
                    }
                case .gap(let dropped): print("\(dropped) events missed: read the state anew")
                case .connected, .disconnected: break
                }
            }
        }
    }
}
