/// Counts the registrations of a PBX with providers by whether they were accepted.
package struct RegistrationTally {
    private var count = 0
    private var lines: [HealthReport.Line] = []
    private var failed: [String] = []
    private var failing: [String] = []

    /// No registrations yet.
    package init() {}

    /// Counts one item of a list.
    package mutating func take(_ item: LineSnapshotItem) {
        guard case .registration(let registration) = item else { return }
        count += 1
        if lines.count < HealthReport.Section.mostLines {
            lines.append(HealthReport.Line(name: registration.name, isRegistered: registration.isRegistered))
        }
        guard !registration.isRegistered else { return }
        failed.append("\(registration.name) (\(registration.state))")
        failing.append(registration.name)
    }

    /// The section of the report: `1 of 2 registered; not provider (Rejected)`.
    package var section: HealthReport.Section {
        guard count > 0 else { return .init("registrations", .skipped, "the PBX has no registrations") }
        let rest = failed.isEmpty ? "" : "; not \(HealthReport.some(of: failed))"
        var section = HealthReport.Section(
            "registrations",
            .ok,
            "\(count - failed.count) of \(count) registered\(rest)",
            [.init("registrations", Double(count)), .init("failed_registrations", Double(failed.count))]
        )
        section.failing = failing
        section.lines = lines
        return section
    }
}
