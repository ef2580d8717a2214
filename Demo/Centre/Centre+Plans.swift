import Base

extension Centre {
    /// Whether it is a Saturday or Sunday.
    private static func isWeekend(_ day: CalendarDay) -> Bool { day.weekday >= 5 }

    /// When the queues are open, except support, which has an agent at night.
    static func hours(_ day: CalendarDay) -> Range<Int> {
        switch day.weekday {
        case 0..<5: 8..<20
        case 5: 9..<14
        default: 0..<0
        }
    }

    mutating func planShifts() {
        for (place, day) in days.enumerated() {
            for agent in Agent.all {
                switch (agent.shift, day.weekday) {
                case (.early, 0..<5): work(agent, day, from: 7 * 3600 + 2700, to: 16 * 3600 + 1800)
                case (.late, 0..<5): work(agent, day, from: 11 * 3600 + 1800, to: 20 * 3600 + 300)
                case (.early, 5) where agent.exten != "109", (.late, 5) where agent.exten == "107":
                    work(agent, day, from: 8 * 3600 + 3000, to: 14 * 3600 + 300)
                // The last night would end after the fortnight.
                case (.night, _) where place < 13:
                    let begin = BerlinClock.second(day, hour: 21, minute: 50)
                    let morning = CalendarDay(daysSinceEpoch: day.daysSinceEpoch + 1)
                    let end = BerlinClock.second(morning, hour: 6, minute: 10)
                    let rest = begin + 4 * 3600 + dice.int(0...1800)
                    let pauses = [Pause(begin: rest, end: rest + 1800, reason: "meal")]
                    sessions.append(Session(agent, begin, end, planned: pauses))
                default: break
                }
            }
        }
    }

    private mutating func work(_ agent: Agent, _ day: CalendarDay, from: Int, to: Int) {
        let begin = BerlinClock.second(day, from) + dice.int(0...540)
        let end = BerlinClock.second(day, to) + dice.int(0...420)
        let length = end - begin
        var pauses: [Pause] = []
        func pause(_ part: Double, _ minutes: ClosedRange<Int>, _ reason: String, _ dice: inout Dice) {
            let at = begin + Int(Double(length) * part) + dice.int(0...1500)
            pauses.append(Pause(begin: at, end: at + dice.int(minutes) * 60 + dice.int(0...59), reason: reason))
        }
        pause(0.20, 6...14, "coffee", &dice)
        if !Self.isWeekend(day) {
            pause(0.45, 28...41, "lunch", &dice)
            pause(0.75, 5...15, dice.pick(["coffee", "paperwork", "paperwork", "meeting"]), &dice)
        }
        // Training in the second week, while an advertisement makes the telephones of sales ring.
        if day == days[8], ["101", "102"].contains(agent.exten) {
            pauses = pauses.filter { $0.reason != "lunch" }
            let at = BerlinClock.second(day, hour: 13, minute: 50)
            pauses.append(Pause(begin: at, end: at + 4200, reason: "training"))
        }
        sessions.append(Session(agent, begin, end, planned: pauses.sorted { $0.begin < $1.begin }))
    }

    /// How busy the hours of a day are.
    private static let profile: [Int: Double] = [
        8: 0.8, 9: 1.3, 10: 1.6, 11: 1.4, 12: 0.9, 13: 1.0, 14: 1.3, 15: 1.2, 16: 1.1, 17: 0.9, 18: 0.6, 19: 0.4,
    ]

    mutating func planCallers() {
        for (place, day) in days.enumerated() {
            let mood = [1.25, 1.05, 1.0, 0.95, 0.9, 0.7, 0][day.weekday]
            for hour in Self.hours(day) {
                for queue in CallQueue.all {
                    var mean = queue.callsAnHour * mood * (Self.profile[hour] ?? 0)
                    // In the second week an advertisement appears on Tuesday, and the shop's app fails on Wednesday.
                    if place == 9, hour == 10, queue.name == "support" { mean = 74 }
                    if place == 8, hour == 14, queue.name == "sales" { mean = 52 }
                    for _ in 0..<dice.count(mean: min(mean, 80)) { callQueue(queue, day, hour) }
                }
                for _ in 0..<dice.count(mean: 2) {
                    let person = dice.chance(0.04) ? nil : dice.pickOften(people.customers)
                    plan(.callOffice(person, dice.pick(Office.all)), at: moment(day, hour))
                }
                for _ in 0..<dice.count(mean: 1.2) {
                    let (from, to) = (dice.int(0...3), dice.int(1...3))
                    plan(.callColleague(Office.all[from], Office.all[(from + to) % 4]), at: moment(day, hour))
                }
            }
            planNight(day, place)
        }
    }

    private mutating func moment(_ day: CalendarDay, _ hour: Int) -> Int {
        BerlinClock.second(day, hour: hour) + dice.int(0...3599)
    }

    private mutating func callQueue(_ queue: CallQueue, _ day: CalendarDay, _ hour: Int) {
        let isVIP = queue.name == "vip"
        let person =
            isVIP
            ? dice.pick(people.important)
            : dice.chance(0.035) ? nil : dice.chance(0.02) ? dice.pick(people.abroad) : dice.pickOften(people.customers)
        plan(.callQueue(person, queue), at: moment(day, hour))
    }

    /// A few calls to support while one agent keeps watch. In the night in which the clock is changed back, callers come in
    /// both hours between two and three.
    private mutating func planNight(_ day: CalendarDay, _ place: Int) {
        guard place < 13 else { return }
        let begin = BerlinClock.second(day, hour: 22)
        let end = BerlinClock.second(CalendarDay(daysSinceEpoch: day.daysSinceEpoch + 1), hour: 6)
        for _ in 0..<dice.count(mean: 6) {
            plan(.callQueue(dice.pickOften(people.customers), .support), at: begin + dice.int(0...end - begin - 1200))
        }
        guard BerlinClock.offset(at: begin) > BerlinClock.offset(at: end) else { return }
        let twice = end - 5 * 3600
        for hour in 0..<2 {
            for _ in 0..<4 {
                plan(
                    .callQueue(dice.pickOften(people.customers), .support),
                    at: twice + hour * 3600 + dice.int(0...3500)
                )
            }
        }
    }

    /// Agents call customers and suppliers on their own account.
    mutating func planAgents() {
        for day in days where !Self.isWeekend(day) {
            for hour in 9..<18 {
                for _ in 0..<dice.count(mean: 2.2) {
                    let person = dice.chance(0.3) ? dice.pick(people.abroad) : dice.pickOften(people.customers)
                    plan(.callOut(person, tries: 1), at: moment(day, hour))
                }
            }
        }
    }
}
