using System;
using System.Collections;
using nanoFramework.TestFramework;

namespace Backstep.BadSamples.Launcher
{
    /// <summary>Notes its calls; what it touches of itself shows whether it was called on an object.</summary>
    [TestClass]
    public class UsesThis
    {
        private readonly ArrayList calls = new ArrayList();
        private int count;

        [TestMethod] public void Reads_a_field() { Assert.AreEqual(0, count); }

        [TestMethod] public void Writes_a_field() { count = 1; }

        [TestMethod] public void Asks_its_own_object() { calls.Add("asked"); }

        [TestMethod] public virtual void Is_virtual() { }

        [TestMethod] public void Needs_no_object() { }

        [TestMethod] public static void Is_static() { }
    }

    /// <summary>Everything that a test can come to grief with, and a clean-up that runs all the same.</summary>
    [TestClass]
    public class ComesToGrief
    {
        [Cleanup] public void Cleans_up() { Order.Note("cleaned up"); }

        [TestMethod] public void Throws() { throw new InvalidOperationException("thrown"); }

        [TestMethod] public void Asserts_what_is_not_so() { Assert.AreEqual(1, 2, "one is two"); }

        [TestMethod] public void Skips_itself() { Assert.SkipTest("not today"); }

        [TestMethod] public void Is_all_right() { Order.Note("all right"); }

        [Setup] public void Sets_up() { throw new InvalidOperationException("set-up thrown"); }
    }

    /// <summary>State that outlives a test: its second test passes only when no other ran before it.</summary>
    [TestClass]
    public class LeaksState
    {
        private static int strides;

        [Setup] public void Begins() { strides = 0; }

        [TestMethod] public void Walks_three() { strides += 3; Assert.AreEqual(3, strides); }

        [TestMethod] public void Walks_three_more() { strides += 3; Assert.AreEqual(3, strides); }
    }

    /// <summary>Rows that fit and rows that do not.</summary>
    [TestClass]
    public class HasRows
    {
        [TestMethod]
        [DataRow(2, "two")]
        [DataRow(3, "two")]
        [DataRow((short)2, "two")]
        [DataRow(2)]
        public void Number(int number, string word) { Assert.AreEqual(2, number); Order.Note(word); }

        [DataRow(true)]
        public void Row_without_TestMethod(bool yes) { Assert.IsTrue(yes); }

        [TestMethod] public void Without_data() { Order.Note("without data"); }

        [TestMethod] public void Wants_data_and_has_none(int number) { Assert.AreEqual(0, number); }
    }

    /// <summary>Its set-up finds that there is nothing to test.</summary>
    [TestClass]
    public class SkipsAll
    {
        [Setup] public void Finds_nothing() { Assert.SkipTest("no such hardware"); }

        [TestMethod] public void Would_fail() { throw new InvalidOperationException(); }

        [Cleanup] public void Would_clean() { throw new InvalidOperationException(); }
    }

    /// <summary>Its own tests come first, its base's after them.</summary>
    [TestClass]
    public class Inherits : Bequeaths
    {
        [TestMethod] public void Own() { }

        [TestMethod] private void Is_not_public() { }
    }

    public class Bequeaths
    {
        [TestMethod] public void Inherited() { }

        [TestMethod] public static void Static_of_a_base() { }
    }

    public class IsNoTestClass
    {
        [TestMethod] public void Is_never_called() { throw new InvalidOperationException(); }
    }

    /// <summary>What was called, in order.</summary>
    public static class Order
    {
        public static readonly ArrayList Notes = new ArrayList();

        public static void Note(string what) { Notes.Add(what); }
    }
}
