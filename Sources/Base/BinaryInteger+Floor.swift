extension BinaryInteger {
    /// The quotient rounded down, also below zero: -1 divided by 60 gives -1.
    @inlinable public func dividedFlooring(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The number in decimal, padded with leading zeros to a width.
    public func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
