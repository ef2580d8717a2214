import AMI

extension DialGuard {
    /// Checks a channel variable. One named in the configuration may have any value. Of the others, those that affect
    /// how Asterisk dials, and those whose value is a number that may not be dialled, are refused.
    func check(variable name: String, value: String) throws(ManagerError) {
        let plain = name.drop { $0 == "_" }
        guard !plain.isEmpty,
            plain.utf8.allSatisfy({ $0 < 0x80 && (Character(Unicode.Scalar($0)).isLetter || 48...57 ~= $0 || $0 == 95) }
            )
        else { throw refusal("“\(name)” is not a plain variable name") }
        guard !value.contains("${"), !value.contains("$[") else {
            throw refusal("the value of \(plain) would be evaluated by the dialplan")
        }
        if rules.variables.contains(where: { $0 == plain }) { return }
        guard rules.variables.isEmpty else {
            throw refusal("the variable \(plain) is not in \(key("variables"))")
        }
        let upper = plain.uppercased()
        let steers = Self.steering.contains { $0.hasSuffix("_") ? upper.hasPrefix($0) : upper == $0 }
        // SIPADDHEADER01, SIPADDHEADER02 …
        guard !steers, !upper.hasPrefix("SIPADDHEADER") else {
            throw refusal(
                "the variable \(plain) controls how Asterisk dials; \(key("variables")) would have to name it"
            )
        }
        // Words are not numbers; anything that could be dialled, by itself or as part of a channel, is checked as a
        // number.
        let parts = value.split { !$0.isLetter && !$0.isNumber && !"+*#.-()~_! %,;".contains($0) }.map(String.init)
        for part in [value] + parts {
            guard let dialled = try? DialString(part), dialled.readings.contains(where: { $0.digits.count > 6 }),
                (try? check(number: part)) == nil
            else { continue }
            throw refusal(
                """
                the value of \(plain) could be dialled, and that number is not allowed; \(key("variables")) would have to \
                name \(plain)
                """
            )
        }
    }

    /// Variables from which Asterisk or FreePBX take a number, a context, options or a program. A name that ends in `_`
    /// means all names that begin with it.
    private static let steering = [
        "ABSOLUTE_", "AMP", "ARG", "ATTENDED_", "ATXFER_", "BLINDTRANSFER", "DB_", "DIAL_", "DIALEDPEERNUMBER",
        "DIAL_NUMBER", "DIALSTATUS",
        "DYNAMIC_", "EXEC_", "EXEC_COMMAND", "FEATURE_", "FORWARD_", "FORWARDERNAME", "GOSUB_", "GOTO_", "LIMIT_",
        "MACRO_", "MEETME_",
        "MIXMONITOR_", "MONITOR_", "OUTBOUND_", "OUTNUM", "PARKING_", "PJSIP_", "QUEUE_", "RECORD_", "SIP_", "SPYGROUP",
        "TIMEOUT", "TOUCH_", "TRANSFER_", "TRUNK_", "VM_",
    ]
}
