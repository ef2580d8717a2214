import Alerts
import Base
import Switchboard

/// Runs a program for each event of a call, with the event's JSON on its standard input.
///
/// Runs take place side by side, at most as many as allowed; then the next event waits for the oldest run. Two runs may
/// therefore end in another order than they began.
public actor CallProgram {
    private let arguments: [String]
    private let most: Int
    private let timeout: Duration
    private let report: ServiceNotice.Report
    private var runs: [Task<Void, Never>] = []
    private var failed = 0

    /// A program.
    ///
    /// - Parameters:
    ///   - path: Its path.
    ///   - most: The most runs at the same time, at least 1.
    ///   - timeout: After this time, a run is killed with everything that it has started.
    ///   - report: Receives a warning for each run that fails.
    public init(path: String, most: Int, timeout: Duration, report: @escaping ServiceNotice.Report) {
        (arguments, self.most, self.timeout, self.report) = ([path], max(1, most), timeout, report)
    }

    /// Begins a run, as soon as there is room for it.
    public func run(_ news: CallNews) async {
        while runs.count >= most, !Task.isCancelled { await runs.removeFirst().value }
        let run = ProgramRun(
            arguments,
            environment: ["CRM_VOIP_EVENT": news.notice.kind.rawValue, "CRM_VOIP_ID": news.id],
            input: Array((news.json.line + "\n").utf8)
        )
        let (timeout, event) = (timeout, news.notice.kind.rawValue)
        runs.append(Task { ended(await run(timeout: timeout), event) })
    }

    /// Waits for the runs that have begun.
    ///
    /// - Returns: The number of runs that failed.
    public func finish() async -> Int {
        while !runs.isEmpty { await runs.removeFirst().value }
        return failed
    }

    private func ended(_ ending: ProgramRun.Ending, _ event: String) {
        let reason: String
        switch ending {
        case .exited(0): return
        case .exited(let status): reason = "ended with status \(status)"
        case .failed(let words): reason = words
        }
        failed += 1
        report(ServiceNotice(.warning, "\(arguments[0]) \(reason), for \(event)."))
    }
}
