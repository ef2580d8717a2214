import Base

/// The figures at the head of a page, of a mail and of a workbook.
struct KeyFigures {
    /// In the order in which they are shown.
    let figures: [KeyFigure]

    init(_ book: ReportBook, _ links: FigureLinks = .none) {
        var figures: [KeyFigure] = []
        if let now = book.queues, let before = book.before["queues"] {
            figures += Self.queues(
                Periods(
                    now: Summary(now, book.waits),
                    before: Summary(before, book.waitsBefore),
                    trend: book.trend?.queues ?? []
                ) { figure in links.address(now, figure) },
                book.target
            )
        } else if let result = book.results.first(where: { $0.definition.name == "calls" }),
            let before = book.before["calls"]
        {
            figures += Self.calls(
                Periods(
                    now: CallSums(book.totals["calls"] ?? result),
                    before: CallSums(before),
                    trend: book.trend?.calls ?? []
                ) { figure in links.address(result, figure) }
            )
        }
        self.figures = figures + book.results.compactMap(Self.owed)
    }

    /// The sums of the window, of the period before and of the trend, from which each figure is taken in the same way.
    private struct Periods<Sums> {
        let now: Sums
        let before: Sums
        let trend: [Sums?]
        let address: (String) -> String?

        func figure(
            _ name: String,
            _ column: String,
            _ wish: KeyFigure.Wish?,
            _ amount: (Sums) -> KeyFigure.Amount
        ) -> KeyFigure {
            KeyFigure(
                name: name,
                amount: amount(now),
                before: amount(before),
                wish: wish,
                trend: trend.map { $0.map(amount) },
                address: address(column)
            )
        }
    }

    private static func queues(_ periods: Periods<Summary>, _ target: Int) -> [KeyFigure] {
        let now = periods.now
        return [
            periods.figure(localized("Offered to queues"), "offered", nil) { .count($0.offered) },
            periods.figure(localized("Answered, of offered"), "answered_pct", .more) {
                .share(part: $0.answered, whole: $0.offered)
            },
            periods.figure(localized("In time, of \(now.population) (target \(target) %)"), "service_level_pct", .more)
            {
                .share(part: $0.inTime, whole: $0.counted)
            },
            periods.figure(localized("Lost in queues, without \(Words.grouped(now.short)) short"), "lost", .less) {
                .count($0.lost)
            },
            periods.figure(localized("Mean wait of answered"), "asa_s", .less) { .seconds($0.meanWait) },
            periods.figure(localized("Longest wait in queues"), "wait_max_s", .less) { .seconds($0.longest) },
        ]
    }

    private static func calls(_ periods: Periods<CallSums>) -> [KeyFigure] {
        [
            periods.figure(localized("Calls, all directions"), "calls", nil) { .count($0.calls) },
            periods.figure(localized("Answered, of calls"), "answered_pct", .more) {
                .share(part: $0.answered, whole: $0.calls)
            },
            periods.figure(localized("Talk"), "talk_total_s", nil) { .seconds(Double($0.talk)) },
        ]
    }

    /// How many callers, or lost visits, are still owed a call; nil for another report.
    private static func owed(_ result: ReportResult) -> KeyFigure? {
        guard result.place("status") != nil else { return nil }
        let states: [String] = result.rows.compactMap { row in
            // Callers who hung up at once are not lost.
            guard result.cell(row, "outcome") != .text("abandoned_short") else { return nil }
            return result.cell(row, "status").description
        }
        let owed = KeyFigure.Amount.count(Int64(states.count { ["open", "attempted", "claimed"].contains($0) }))
        let all = Words.grouped(Int64(states.count))
        switch result.definition.name {
        case "lost-calls":
            return KeyFigure(
                name: localized("Callers to call back"),
                amount: owed,
                remark: localized("of \(all) lost, in queues or elsewhere")
            )
        case "lost-visits":
            return KeyFigure(
                name: localized("Lost and not called back"),
                amount: owed,
                remark: localized("of \(all) lost visits and calls, without short")
            )
        default: return nil
        }
    }
}
