import Alerts
import Base
public import Configuration
import FoundationEssentials
import Switchboard
import Synchronization

/// Hands what becomes of calls to the receivers' spool, and keeps the lists of missed calls.
public final class CallEventService: Sendable {
    private let model: LiveModel
    private let book: CallerBook
    private let outlet: AlertOutlet
    private let report: ServiceNotice.Report
    private let makers: [String: CallNewsMaker]
    private let audience: CallAudience
    private let lists: [MissedCallSettings]
    private let path: String

    /// How long an event waits for the caller's contact.
    private static let patience = Duration.seconds(1)
    /// How long contacts are not asked for once one has taken too long.
    private static let rest = Duration.seconds(30)
    private static let mostBytes = 8 << 20

    /// A service for the tables `call_events` and `missed_calls`.
    ///
    /// - Parameters:
    ///   - model: Follows the calls; somebody else runs it.
    ///   - book: Knows the callers.
    ///   - outlet: Receives the messages.
    /// - Throws: `ConfigurationError`, ``ServiceError`` for an invalid table.
    public init(
        _ settings: Settings,
        _ model: LiveModel,
        _ book: CallerBook,
        _ outlet: AlertOutlet,
        report: @escaping ServiceNotice.Report
    ) throws {
        if let fault = try settings.callEventFaults().first { throw fault }
        (self.model, self.book, self.outlet, self.report) = (model, book, outlet, report)
        audience = CallAudience(try settings.callEvents())
        lists = settings.missedCalls
        var makers: [String: CallNewsMaker] = [:]
        for state in model.current {
            makers[state.name] = try CallNewsMaker(settings, pbx: model.isReplay ? nil : state.name)
        }
        self.makers = makers
        path = "\(settings.warehouse.dataDirectory)/missed-calls-state.json"
    }

    /// Whether anybody is to be told.
    public var isNeeded: Bool { !audience.sections.isEmpty || !lists.isEmpty }

    /// Works until the task is cancelled. A recording tells nobody.
    public func run() async {
        guard isNeeded, !model.isReplay else { return }
        var told: Set<String> = []
        var digests = makeDigests(&told)
        let calls = model.calls()
        var asksAgain = ContinuousClock.now
        while !Task.isCancelled, !calls.isFinished {
            let now = Moment.now
            let rest = digests.map { max(.zero, $0.due - now) }.min() ?? .seconds(60)
            let item = await calls.next(until: .now + min(.seconds(60), rest))
            switch item {
            case .lag(let dropped)?:
                tell("\(dropped) events of calls were lost, because they could not be kept in time.", &told)
            case .element(let call)?:
                guard let maker = makers[call.pbx] else { continue }
                let news = await complete(maker.news(call.notice), maker, &asksAgain)
                for message in audience.messages(about: news, at: Moment.now) { await hand(over: message, &told) }
                var hasChanged = false
                for index in digests.indices { hasChanged = digests[index].take(news) || hasChanged }
                if hasChanged { save(digests, &told) }
            case nil: break
            }
            await sendDue(&digests, &told)
        }
    }

    private func complete(
        _ news: CallNews,
        _ maker: CallNewsMaker,
        _ asksAgain: inout ContinuousClock.Instant
    ) async -> CallNews {
        guard let number = news.number, .now >= asksAgain else { return news }
        let began = ContinuousClock.now
        let contact = await book.contact(of: number, pbx: news.pbx, within: Self.patience)
        if .now - began >= Self.patience { asksAgain = .now + Self.rest }
        return maker.with(contact, news)
    }

    private func sendDue(_ digests: inout [MissedCallDigest], _ told: inout Set<String>) async {
        let now = Moment.now
        for index in digests.indices where now >= digests[index].due {
            let zone = makers.values.first?.zone ?? .utc
            let messages = digests[index].messages(zone: zone, at: now)
            for message in messages { await hand(over: message, &told) }
            if !messages.isEmpty { save(digests, &told) }
        }
    }

    private func hand(over message: AlertMessage, _ told: inout Set<String>) async {
        do { try await outlet.sink.accept(message) } catch let error as DeliveryError where error.code == .locked {
            // The program that has the spool follows the same calls.
            return
        } catch {
            tell("An event of a call for \(message.receiver) could not be kept. \(error)", &told)
        }
    }

    // MARK: What survives a restart

    private func makeDigests(_ told: inout Set<String>) -> [MissedCallDigest] {
        var known: [String: MissedCallDigest.Memory] = [:]
        do {
            let file = try SmallFile(path: path, limit: Self.mostBytes)
            known = try JSONDecoder().decode([String: MissedCallDigest.Memory].self, from: Data(file.bytes))
        } catch let error as FileError where error.code == .missing {
        } catch {
            tell("The lists of missed calls begin anew: \(path) cannot be used. \(error)", &told)
        }
        return lists.map { MissedCallDigest($0, continuing: known[$0.name], at: Moment.now) }
    }

    private func save(_ digests: [MissedCallDigest], _ told: inout Set<String>) {
        guard !digests.isEmpty else { return }
        let memories = Dictionary(digests.map { ($0.settings.name, $0.memory) }) { first, _ in first }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            try Folder.make(Folder.parent(of: path))
            try AtomicFile.replace(path, with: try encoder.encode(memories), permissions: 0o600)
        } catch {
            tell("The lists of missed calls cannot be kept. \(error)", &told)
        }
    }

    /// Reports each sentence once.
    private func tell(_ sentence: String, _ told: inout Set<String>) {
        if told.count < 100, told.insert(sentence).inserted { report(ServiceNotice(.error, sentence)) }
    }
}
