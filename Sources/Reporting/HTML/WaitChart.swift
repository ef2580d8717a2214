import Base

/// How long callers waited, whether they were answered or lost.
struct WaitChart {
    let markup: Markup

    init(_ book: ReportBook, _ links: FigureLinks = .none) {
        let waits = book.waits
        guard !waits.entries.isEmpty else {
            markup = ""
            return
        }
        func address(_ figure: String, _ place: Int) -> String? {
            guard let result = book.queues else { return nil }
            let first = place > 0 ? waits.limits[place - 1] + 1 : nil
            let last = waits.limits.indices.contains(place) ? waits.limits[place] : nil
            return links.address(result, figure, waitFrom: first, to: last)
        }
        let columns = waits.names.enumerated().map { place, name in
            let entries = waits.entries.filter { $0.place == place }
            let answered = entries.reduce(0) { $0 + $1.answered }
            let lost = entries.reduce(0) { $0 + $1.lost }
            return StackedColumns.Column(
                label: name,
                tip: localized("\(name) s: \(answered) answered, \(lost) lost"),
                answered: answered,
                lost: lost,
                answeredAddress: address("answered", place),
                lostAddress: address("lost", place)
            )
        }
        // The line is shown only if all queues share a threshold.
        let thresholds = Set((book.queues?.rows ?? []).compactMap { book.queues?.cell($0, "service_level_s") })
        var edge: (place: Int, label: String)?
        if thresholds.count == 1, case .integer(let threshold) = thresholds.first,
            let place = waits.limits.firstIndex(of: Int(threshold))
        {
            edge = (place + 1, localized("\(threshold) s"))
        }
        markup =
            Chart(
                title: localized("Waiting time in seconds"),
                key: [
                    ("c-answered", localized("answered", context: "visits")),
                    ("c-lost", localized("lost, without short")),
                ],
                height: StackedColumns.height,
                content: StackedColumns(columns: columns).content(edge: edge),
                figures: columns.map(\.tip),
                hasLinks: links.isUsed
            ).markup
    }
}
