import Base

extension Centre {
    /// The files, by name. `folder` is where they will be, as the configuration is to name it.
    public func files(in folder: String) -> [(name: String, text: String)] {
        [
            ("Master.csv", masterCSV), ("queue_log", queueLog), ("contacts.csv", contacts),
            ("crm-voip.toml", configuration(folder)), ("ami-events.raw", recording),
            ("truth.json", truth.text() + "\n"),
        ]
    }

    /// A record is written when the channel hangs up.
    var masterCSV: String { legs.sorted { ($0.end, $0.sequence) < ($1.end, $1.sequence) }.map(\.line).joined() }

    var contacts: String {
        let lines = people.all.compactMap { person in
            person.contact.map { contact in
                let name = contact.name.split(separator: "\"", omittingEmptySubsequences: false).joined(
                    separator: "\"\""
                )
                return "\(contact.kind),\(contact.id),\"\(name)\",\(person.written),\(contact.owner)\n"
            }
        }
        return "kind,id,name,phone,owner\n" + lines.joined()
    }

    private func configuration(_ folder: String) -> String {
        let limits = CallQueue.all.map { "\n[reports.queues.\($0.name)]\nservice_level = \($0.serviceLevel)\n" }
        return """
            # A fortnight of a fictional call centre, made by demo-centre; see docs/demo.md.
            [pbx.main]
            timezone = "\(BerlinClock.zone)"
            csv = "\(folder)/Master.csv"
            layout = "\(Leg.layout)"
            queue_log = "\(folder)/queue_log"
            extensions = 3
            region = "DE"

            [contacts]
            csv = "\(folder)/contacts.csv"

            [reports]
            timezone = "\(BerlinClock.zone)"
            wrapup = \(Self.wrapUp)

            """ + limits.joined()
    }
}
