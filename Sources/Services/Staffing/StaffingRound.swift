import Alerts
import Base
import Switchboard

/// One evaluation of the rules after the other, with the orders to which they lead.
struct StaffingRound {
    private(set) var machine: StaffingMachine
    private var sights: StaffingSights
    private let hands: any StaffingHands
    private let files: StaffingFiles
    private var saved: StaffingMemory?
    private var savedAt = ContinuousClock.now
    /// Faults that were told, so that each is told once.
    private var told: Set<String> = []
    /// How often what is only shown, such as the latest figures, is written.
    private static let saving = Duration.seconds(15)

    init(machine: StaffingMachine, sights: StaffingSights, hands: any StaffingHands, files: StaffingFiles) {
        (self.machine, self.sights, self.hands, self.files) = (machine, sights, hands, files)
    }

    /// Evaluates the rules once, and carries out what they order.
    mutating func run(_ tell: (StaffingNews) -> Void) async {
        let now = Moment.now
        var step = machine.step(sights.current(at: now), at: now)
        if !step.wanted.isEmpty {
            for (pbx, devices) in step.wanted { await ask(pbx, devices, tell) }
            let again = machine.step(sights.current(at: Moment.now), at: Moment.now)
            let busy = Set(step.orders.map(\.placement.rule))
            step.orders += again.orders.filter { !busy.contains($0.placement.rule) }
            step.events += again.events
        }
        for event in step.events { tell(StaffingNews(event)) }
        // An order that is not on the disk would be forgotten if the program were killed now.
        if let fault = save(isDue: !step.orders.isEmpty) {
            for order in step.orders { finish(order, .failed(fault), tell) }
            tellOnce(fault, tell)
            return
        }
        for order in step.orders {
            let outcome = order.isDry ? .done(loggedInSince: nil) : await hands.carryOut(order)
            finish(order, outcome, tell)
            if let fault = save(isDue: true) { tellOnce(fault, tell) }
        }
    }

    /// Writes down what is remembered when the program ends.
    mutating func saveAtEnd(_ tell: (StaffingNews) -> Void) {
        if let fault = save(isDue: true) { tellOnce(fault, tell) }
    }

    private mutating func ask(_ pbx: String, _ devices: Set<String>, _ tell: (StaffingNews) -> Void) async {
        do {
            let states = try await hands.states(of: devices, on: pbx)
            sights.take(states, of: pbx, at: Moment.now)
        } catch {
            // Nobody is added whose phone may be in use; it is tried again a little later.
            sights.take(Dictionary(devices.map { ($0, .unknown) }) { first, _ in first }, of: pbx, at: Moment.now)
            tellOnce("The state of phones on \(pbx) cannot be read, so nobody is added there. \(error)", tell)
        }
    }

    private mutating func finish(_ order: StaffingOrder, _ outcome: StaffingOutcome, _ tell: (StaffingNews) -> Void) {
        for event in machine.finish(order, outcome, at: Moment.now) { tell(StaffingNews(event)) }
    }

    /// Returns why the state could not be written; nil if it was, or did not have to be.
    private mutating func save(isDue: Bool) -> String? {
        let now = ContinuousClock.now
        let hasChanged = saved.map { machine.memory.differs(from: $0) } ?? true
        guard isDue || hasChanged || now - savedAt >= Self.saving else { return nil }
        do {
            try files.write(machine.memory)
            (saved, savedAt) = (machine.memory, now)
            return nil
        } catch {
            return "The state of staffing cannot be kept, so no order is given. \(error)"
        }
    }

    private mutating func tellOnce(_ sentence: String, _ tell: (StaffingNews) -> Void) {
        guard told.count < 100, told.insert(sentence).inserted else { return }
        tell(StaffingNews(event: nil, notice: ServiceNotice(.error, sentence)))
    }
}
