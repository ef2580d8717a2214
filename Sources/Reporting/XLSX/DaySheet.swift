import CXLSXWriter

/// The queues' figures by day, with two charts beside them.
struct DaySheet {
    private struct Day {
        let start: LocalMoment
        let summary: Summary
    }

    private let days: [Day]
    private let name: String
    private let target: Int

    init(_ book: ReportBook) {
        guard let result = book.byDay["queues"] else {
            (days, name, target) = ([], "Days", book.target)
            return
        }
        var starts: [LocalMoment] = []
        for row in result.rows {
            if case .moment(let start) = result.cell(row, "period_start"), starts.last != start { starts.append(start) }
        }
        days = starts.enumerated().map { place, start in
            Day(start: start, summary: Summary(result, book.waits, period: (start, place + 1)))
        }
        name = result.window.interval == .day ? "Days" : result.window.interval == .week ? "Weeks" : "Months"
        target = book.target
    }

    func add(to workbook: borrowing Workbook, _ formats: Workbook.Formats) throws(ReportError) {
        guard !days.isEmpty else { return }
        let sheet = try workbook.addSheet(name, formats)
        try sheet.setUp(headingHeight: 18, frozenColumns: 1)
        for (place, heading) in ["begins", "offered", "answered", "lost", "in time", "target", "mean wait"].enumerated()
        {
            try sheet.setColumn(place, width: place == 0 ? 16 : 10)
            try sheet.write(heading, row: 0, column: place, .heading)
        }
        for (number, day) in days.enumerated() {
            let row = number + 1
            try sheet.write(day.start.serial, row: row, column: 0, .day)
            try sheet.write(Double(day.summary.offered), row: row, column: 1)
            try sheet.write(Double(day.summary.answered), row: row, column: 2)
            try sheet.write(Double(day.summary.lost), row: row, column: 3)
            if let level = day.summary.serviceLevel { try sheet.write(level / 100, row: row, column: 4, .percent) }
            try sheet.write(Double(target) / 100, row: row, column: 5, .percent)
            if let wait = day.summary.meanWait { try sheet.write(wait / 86_400, row: row, column: 6, .averageDuration) }
        }
        try sheet.setFilter(lastRow: days.count, lastColumn: 6)
        try addCharts(to: workbook, sheet)
    }

    private func addCharts(to workbook: borrowing Workbook, _ sheet: Sheet) throws(ReportError) {
        if let chart = workbook.addChart(LXW_CHART_COLUMN_STACKED) {
            chart_title_set_name(chart, "Calls")
            addSeries(chart, column: "C", colour: 0x2F6FB7)
            addSeries(chart, column: "D", colour: 0xD4552B)
            try finish(chart, on: sheet, row: 1)
        }
        if let chart = workbook.addChart(LXW_CHART_LINE) {
            chart_title_set_name(chart, "Service level against target")
            addSeries(chart, column: "E", colour: 0x2E8B63)
            addSeries(chart, column: "F", colour: 0x5D6B7E)
            chart_axis_set_min(chart.pointee.y_axis, 0)
            chart_axis_set_max(chart.pointee.y_axis, 1)
            chart_axis_set_major_unit(chart.pointee.y_axis, 0.2)
            chart_axis_set_num_format(chart.pointee.y_axis, "0%")
            try finish(chart, on: sheet, row: 17)
        }
    }

    private func finish(_ chart: UnsafeMutablePointer<lxw_chart>, on sheet: Sheet, row: Int) throws(ReportError) {
        chart_axis_set_num_format(chart.pointee.x_axis, name == "Days" ? "ddd d" : "d mmm")
        chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
        try sheet.insert(chart, row: row, column: 8)
    }

    private func addSeries(_ chart: UnsafeMutablePointer<lxw_chart>, column: String, colour: UInt32) {
        let last = days.count + 1
        guard
            let series = chart_add_series(
                chart,
                "=\(name)!$A$2:$A$\(last)",
                "=\(name)!$\(column)$2:$\(column)$\(last)"
            )
        else { return }
        chart_series_set_name(series, "=\(name)!$\(column)$1")
        var fill = lxw_chart_fill()
        fill.color = lxw_color_t(colour)
        chart_series_set_fill(series, &fill)
        var line = lxw_chart_line()
        line.color = lxw_color_t(colour)
        line.width = 2
        chart_series_set_line(series, &line)
    }
}
