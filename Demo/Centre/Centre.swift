public import Base

/// A fortnight in the call centre of a fictional bicycle shop in Berlin. Everything that happens is decided here; the files of
/// the PBX and the true figures are both made from these decisions, independently of each other.
///
/// Events are taken in the order of time. A caller waits for the first agent of the queue to be free, so waits, losses and
/// service levels follow from the calls and the staff.
public struct Centre: Sendable {
    /// The day on which it ends, a Sunday, and its first day, a Monday.
    public let lastDay: CalendarDay
    let days: [CalendarDay]
    let people: People
    var dice: Dice

    private(set) var agenda = Agenda()
    var sessions: [Session] = []
    var calls: [Call] = []
    var visits: [Visit] = []
    var legs: [Leg] = []
    /// By person: until when they are on the telephone.
    var onThePhone: [Int: Int] = [:]
    /// By extension of an office.
    var officeBusy: [String: Int] = [:]
    private var channels = 0
    private var sequence = 0

    /// A fortnight that ends with `lastDay`, which should be a Sunday. The same seed and day always make the same fortnight.
    public init(lastDay: CalendarDay, seed: UInt64) {
        self.lastDay = lastDay
        days = (0..<14).map { CalendarDay(daysSinceEpoch: lastDay.daysSinceEpoch - 13 + $0) }
        dice = Dice(seed: seed)
        people = People(&dice)
        planShifts()
        planCallers()
        planAgents()
        while let task = agenda.next() { perform(task) }
    }

    /// The first moment, and the first one after it.
    var begin: Int { BerlinClock.second(days[0], 0) }
    var end: Int { BerlinClock.second(CalendarDay(daysSinceEpoch: lastDay.daysSinceEpoch + 1), 0) }

    /// Adds something to do. What would happen after the fortnight does not happen.
    mutating func plan(_ deed: Agenda.Deed, at second: Int) {
        if second < end - 600 { agenda.add(deed, at: second) }
    }

    mutating func channel(_ technology: String, at second: Int) -> Channel {
        channels += 1
        let hexadecimal = String(channels, radix: 16)
        let suffix = String(repeating: "0", count: 8 - hexadecimal.count) + hexadecimal
        return Channel(name: "PJSIP/\(technology)-\(suffix)", uniqueid: "nord-\(second).\(channels)")
    }

    mutating func nextSequence() -> Int {
        sequence += 1
        return sequence
    }

    private mutating func perform(_ task: Agenda.Task) {
        switch task.deed {
        case .callQueue(let person, let queue): callQueue(person, queue, at: task.at)
        case .enter(let call, let queue): enter(call, queue, at: task.at)
        case .callOffice(let person, let office): callOffice(person, office, at: task.at)
        case .callOut(let person, let tries): callOut(to: person, tries, at: task.at)
        case .callColleague(let from, let to): callColleague(from, to, at: task.at)
        }
    }
}

/// What will happen, in order.
struct Agenda: Sendable {
    enum Deed: Sendable {
        /// Somebody calls the number of a queue; nobody is named if they withhold their number.
        case callQueue(Person?, CallQueue)
        /// A call that is going on enters a queue, because an agent passed it on.
        case enter(call: Int, CallQueue)
        case callOffice(Person?, Office)
        /// An agent calls somebody, who was lost or is to be asked; if not reached, more tries follow.
        case callOut(Person, tries: Int)
        case callColleague(Office, Office)
    }

    struct Task: Sendable {
        let at: Int
        let deed: Deed
    }

    /// In reverse order.
    private var tasks: [Task] = []

    mutating func add(_ deed: Deed, at second: Int) {
        var (low, high) = (0, tasks.count)
        while low < high {
            let middle = (low + high) / 2
            if tasks[middle].at > second { low = middle + 1 } else { high = middle }
        }
        tasks.insert(Task(at: second, deed: deed), at: low)
    }

    mutating func next() -> Task? { tasks.popLast() }
}
