/// The targets of links from figures on a page.
public struct FigureLinks: Sendable {
    private let make: (@Sendable (ReportResult, ReportSlice) -> String?)?
    private let story: (@Sendable (_ linkedid: String, _ pbx: String?) -> String?)?

    /// No links.
    public static let none = FigureLinks(make: nil, story: nil)

    /// Links to the rows behind a figure, and from a row about a call to that call.
    ///
    /// - Parameters:
    ///   - rows: The address of the rows behind a figure of a result.
    ///   - story: The address of a call; nil if calls may not be seen.
    public init(
        rows: @escaping @Sendable (ReportResult, ReportSlice) -> String?,
        story: @escaping @Sendable (_ linkedid: String, _ pbx: String?) -> String?
    ) {
        self.init(make: rows, story: story)
    }

    private init(
        make: (@Sendable (ReportResult, ReportSlice) -> String?)?,
        story: (@Sendable (String, String?) -> String?)?
    ) {
        (self.make, self.story) = (make, story)
    }

    /// The address of a figure in a row; nil for none. In lists of lost calls, a row leads to its call.
    func address(_ result: ReportResult, _ row: Int, _ column: String) -> String? {
        let cells = result.rows[row]
        if let slice = ReportSlice(result, row: cells, column: column) { return make?(result, slice) }
        guard ["lost-calls", "lost-visits"].contains(result.definition.name),
            ["lost_at", "last_lost_at", "wait_s", "attempts", "callback_delay_s"].contains(column),
            result.cell(cells, column) != .empty, case .text(let id) = result.cell(cells, "linkedid")
        else { return nil }
        if case .text(let pbx) = result.cell(cells, "pbx") { return story?(id, pbx) }
        return story?(id, nil)
    }

    /// The address of a figure over all rows.
    func address(_ result: ReportResult, _ column: String) -> String? {
        guard result.definition.figure(column) != nil else { return nil }
        return make?(result, ReportSlice(report: result.definition.name, figure: column))
    }

    /// The address of a total; nil for figures of agents that leave out those without sessions, because the rows behind a
    /// figure of all agents do not.
    func addressOfTotal(_ result: ReportResult, _ column: String) -> String? {
        let partial: Set = ["available_s", "occupancy_pct", "utilisation_pct", "calls_per_hour"]
        if result.definition.name == "agents", partial.contains(column) { return nil }
        return address(result, column)
    }

    /// The address of a figure in one period, over all rows of that period.
    func address(_ result: ReportResult, _ column: String, _ period: ChartPeriod) -> String? {
        guard result.definition.figure(column) != nil else { return nil }
        var slice = ReportSlice(report: result.definition.name, figure: column)
        (slice.row["row_from"], slice.row["row_to"]) = (period.from.description, period.to.description)
        return make?(result, slice)
    }

    /// The address of a figure over all visits whose wait was in a class, in seconds; nil is no limit.
    func address(_ result: ReportResult, _ column: String, waitFrom first: Int?, to last: Int?) -> String? {
        guard result.definition.figure(column) != nil else { return nil }
        var slice = ReportSlice(report: result.definition.name, figure: column)
        (slice.row["row_wait_from"], slice.row["row_wait_to"]) = (first.map { "\($0)" }, last.map { "\($0)" })
        return make?(result, slice)
    }

    /// Whether figures have links.
    var isUsed: Bool { make != nil }

    /// A figure as a link, or as plain text without an address.
    static func linked(_ text: Markup, _ address: String?) -> Markup {
        address.map { "<a class=\"figure\" href=\"\($0)\">\(text)</a>" } ?? text
    }
}
