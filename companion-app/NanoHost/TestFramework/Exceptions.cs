using System;

namespace TestFrameworkShared
{
    /// <summary>An assertion does not hold.</summary>
    public class AssertFailedException : Exception
    {
        /// <summary>Without words.</summary>
        public AssertFailedException()
        {
        }

        /// <summary>With what was expected and what was found.</summary>
        public AssertFailedException(string msg)
            : base(msg)
        {
        }

        /// <summary>With what caused it.</summary>
        public AssertFailedException(string msg, Exception ex)
            : base(msg, ex)
        {
        }
    }
}

namespace nanoFramework.TestFramework
{
    /// <summary>The test gave itself up: it says nothing about the code.</summary>
    public class SkipTestException : Exception
    {
        /// <summary>With the reason.</summary>
        public SkipTestException(string? message = null, Exception? innerException = null)
            : base(message, innerException)
        {
        }
    }
}
