using Backstep.Flash;
using Backstep.Walks;

namespace Backstep.Companion.Tests.Flash;

public class DeploymentImageTests
{
    [Fact]
    public void Assemblies_are_told_with_version_and_native_checksum()
    {
        var image = DeploymentImage.Parse(ImageBuilder.Sensor(), "sensor.bin");
        Assert.Equal(
            [
                new NanoAssembly(null, new Version(1, 17, 11, 0), FakeBoard.Mscorlib),
                new NanoAssembly("Backstep.Gait", ImageBuilder.Version),
                new NanoAssembly("Backstep.Sensor", ImageBuilder.Version),
            ],
            image.Assemblies);
    }

    [Fact]
    public void The_real_mscorlib_is_read()
    {
        string file = Path.Combine(
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
            "nanoframework.corelibrary", "1.17.11", "lib", "mscorlib.pe");
        Assert.SkipUnless(File.Exists(file), "the package nanoFramework.CoreLibrary is not on this computer");
        byte[] image = [.. File.ReadAllBytes(file), .. ImageBuilder.Assembly("Backstep.Sensor", new(0, 2, 0, 0), 0)];
        // 0x1549C856: the package's own description says so.
        Assert.Equal(new NanoAssembly(null, new Version(1, 17, 11, 0), 0x1549C856),
            DeploymentImage.Parse(image, "x").Assemblies[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(130)]
    public void Cut_off_it_is_no_program(int bytes) =>
        Assert.Throws<BadInputException>(() => DeploymentImage.Parse(ImageBuilder.Sensor()[..bytes], "sensor.bin"));

    [Fact]
    public void Another_program_is_not_the_sensors()
    {
        byte[] blinky = ImageBuilder.Assembly("Blinky", new Version(1, 0, 0, 0), 0);
        var error = Assert.Throws<BadInputException>(() => DeploymentImage.Parse(blinky, "blinky.bin"));
        Assert.Contains("not the sensor's", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_in_a_file_it_is_an_image_or_an_explained_error()
    {
        var random = new Random(16);
        for (int i = 0; i < 2000; i++)
        {
            byte[] data = ImageBuilder.Sensor();
            for (int hit = 0; hit < 3; hit++)
            {
                data[random.Next(data.Length)] = (byte)random.Next(256);
            }

            try
            {
                Assert.NotEmpty(DeploymentImage.Parse(data, "x").Assemblies);
            }
            catch (BadInputException)
            {
                // Explained.
            }
        }
    }
}
