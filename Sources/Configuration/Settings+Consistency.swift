extension Settings {
    /// Faults between keys that are individually valid, and in the files of secrets.
    public func inconsistencies() -> [ConfigurationError] {
        var problems: [ConfigurationError] = []
        func check(_ read: () throws(ConfigurationError) -> Void) {
            do throws(ConfigurationError) { try read() } catch { problems.append(error) }
        }
        for name in pbxNames {
            check { () throws(ConfigurationError) in _ = try database(ofPBX: name) }
            check { () throws(ConfigurationError) in
                let ami = try ami(ofPBX: name)
                if ami.username != nil, ami.secret == nil {
                    problems.append(incomplete(["pbx", name, "ami", "username"], lacks: "secret_file"))
                }
            }
        }
        check { () throws(ConfigurationError) in
            let contacts = try contacts()
            if contacts.url != nil, contacts.preset == nil, contacts.query == nil {
                problems.append(incomplete(["contacts", "url"], lacks: "preset or query"))
            }
            if contacts.url == nil, contacts.preset != nil {
                problems.append(incomplete(["contacts", "preset"], lacks: "url"))
            }
            if contacts.url != nil, !contacts.csv.isEmpty {
                problems.append(exclusive("csv", "url", in: "contacts"))
            }
            if contacts.preset != nil, contacts.query != nil {
                problems.append(exclusive("preset", "query", in: "contacts"))
            }
        }
        check { () throws(ConfigurationError) in _ = try alerts() }
        check { () throws(ConfigurationError) in problems += try receiverFaults() }
        check { () throws(ConfigurationError) in _ = try staffing() }
        check { () throws(ConfigurationError) in problems += try callEventFaults() }
        check { () throws(ConfigurationError) in problems += try recordURLFaults() }
        check { () throws(ConfigurationError) in problems += try reportDeliveryFaults() }
        return problems
    }

    private func exclusive(_ one: String, _ other: String, in table: String) -> ConfigurationError {
        let message = "\(table).\(one) and \(table).\(other) cannot be used together. Remove one of them."
        return ConfigurationError(.badValue, message, at: values[[table, one]]?.origin)
    }

    private func incomplete(_ path: [String], lacks missing: String) -> ConfigurationError {
        let message = "\(DottedPath.written(path)) is set, but \(missing) is not."
        return ConfigurationError(.badValue, message, at: values[path]?.origin)
    }
}
