/// One of the visits, attempts, calls or spans of time that a figure counts.
public struct ReportRow: Sendable, Equatable {
    /// `visit`, `call`, `attempt`, `login` or `pause`.
    public var kind: String
    /// When it began.
    public var at: LocalMoment
    /// The PBX.
    public var pbx: String
    /// The id of its call; nil for a span of time, and for an attempt whose call is unknown.
    public var linkedid: String?
    /// Queue, agent, outside number as written and as E.164, caller, and outcome.
    public var queue: String?, agent: String?, number: String?, e164: String?, callerKey: String?, outcome: String?
    /// How long the caller waited, or the span lasted, in seconds.
    public var wait: Int64?
    /// Ringing time in milliseconds.
    public var ringMilliseconds: Int64?
    /// Talk time in seconds; talk time plus wrap-up in seconds.
    public var talk: Int64?, work: Int64
    /// Whether it counts in the numerator of a percentage.
    public var isPart: Bool
}

extension ReportRow {
    /// Reads a row from a report in `reports/proof`, whose columns are always the same.
    init?(_ cells: [ReportCell]) {
        guard cells.count == 15, case .text(let kind) = cells[0], case .moment(let at) = cells[1] else { return nil }
        func text(_ place: Int) -> String? { if case .text(let text) = cells[place] { text } else { nil } }
        func number(_ place: Int) -> Int64? { if case .integer(let value) = cells[place] { value } else { nil } }
        self.init(
            kind: kind,
            at: at,
            pbx: text(2) ?? "",
            linkedid: text(3),
            queue: text(4),
            agent: text(5),
            number: text(6),
            e164: text(7),
            callerKey: text(8),
            outcome: text(9),
            wait: number(10),
            ringMilliseconds: number(11),
            talk: number(12),
            work: number(13) ?? 0,
            isPart: text(14) == "yes"
        )
    }
}

/// The rows behind a figure.
public struct ReportRows: Sendable {
    /// How the figure is computed from them.
    public let figure: ReportFigure
    /// The rows, in order of time.
    public let rows: [ReportRow]
    /// Whether there are more.
    public let isCut: Bool
    /// The zone of their times.
    public let timeZone: String

    init(figure: ReportFigure, rows: [ReportRow], isCut: Bool, timeZone: String) {
        (self.figure, self.rows, self.isCut, self.timeZone) = (figure, rows, isCut, timeZone)
    }
}
