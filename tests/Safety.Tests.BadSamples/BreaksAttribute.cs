using System;

namespace Backstep.BadSamples
{
    /// <summary>Says which rule of Safety.Tests must catch the class, and only that one.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class BreaksAttribute : Attribute
    {
        public BreaksAttribute(string rule, string expected)
        {
            Rule = rule;
            Expected = expected;
        }

        public string Rule { get; }

        /// <summary>Words that the finding must contain.</summary>
        public string Expected { get; }
    }
}
