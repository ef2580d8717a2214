import Base

extension ReportResult {
    /// The filters that narrow the figures, in display order, such as `queue` and `sales`.
    public var filters: [(name: String, value: String)] {
        ["pbx", "queue", "agent"].compactMap { name in
            parameters.first { $0.name == name }?.value.map { (name, $0) }
        }
    }

    /// `Only PBX kazan, queue sales`; nil if nothing narrows the figures.
    var filterSentence: String? {
        func value(_ name: String) -> String? {
            parameters.first { $0.name == name }?.value.map(PrintableText.of)
        }
        var parts: [String] = []
        let isFold = definition.source != nil
        if isFold, value("open") == "true" { parts.append(localized("open ones", context: "only")) }
        if let pbx = value("pbx") { parts.append(localized("PBX \(pbx)", context: "only")) }
        if let queue = value("queue") { parts.append(localized("queue \(queue)", context: "only")) }
        if let agent = value("agent") { parts.append(localized("agent \(agent)", context: "only")) }
        if isFold, let owner = value("owner") { parts.append(localized("owner \(owner)", context: "only")) }
        let list = parts.joined(separator: ", ")
        return parts.isEmpty ? nil : localized("Only \(list)", context: "table")
    }

    /// The position of the column `pbx` in a report that can be narrowed to one PBX; a user's own report may use that
    /// name for any column.
    private var pbxPlace: Int? {
        definition.parameters.contains { $0.name == "pbx" } ? place("pbx") : nil
    }

    /// Whether the rows belong to more than one PBX.
    var hasSeveralPBXs: Bool {
        guard let place = pbxPlace, let first = rows.first?[place] else { return false }
        return rows.contains { $0[place] != first }
    }

    /// The label of a row in a chart: the text of a column, with the PBX if there are several.
    func label(_ row: [ReportCell], _ column: String) -> String? {
        guard case .text(let name) = cell(row, column) else { return nil }
        guard hasSeveralPBXs, case .text(let pbx) = cell(row, "pbx") else { return name }
        return "\(name), \(pbx)"
    }

    /// The columns shown to people, by their positions: the PBX only if there are several, placed before the column
    /// that it qualifies. Programs get all columns in their own order.
    var shownPlaces: [Int] {
        if definition.hasChosenColumns { return Array(columns.indices) }
        let all = columns.indices.filter { definition.shown.isEmpty || definition.shown.contains(columns[$0].name) }
        guard let pbx = pbxPlace else { return all }
        var places = all.filter { $0 != pbx }
        guard hasSeveralPBXs else { return places }
        let first = places.firstIndex { columns[$0].kind == .text && columns[$0].name != "timezone" }
        places.insert(pbx, at: first ?? 0)
        return places
    }
}

extension ReportBook {
    /// How the figures are narrowed; nil if they are not.
    var filterSentence: String? { results.lazy.compactMap(\.filterSentence).first }
}
