// Case of the shoe unit: XIAO ESP32S3, GY-521, LiPo cell. Millimetres. x to the toes, y to the left, z up.
// Three parts: base, tray (keeps the cell off the boards) and lid. `make` writes the STL files; nothing was printed
// by the project yet. Sizes of boards: their makers' drawings, as wiring-diagram.md names them; tests/Wiring.Tests
// holds both to each other.

$fn = 32;
part = "all"; // base, tray, lid, or all of them side by side to look at

// What goes in: length, width, height with what stands on it.
xiao = [21, 17.8, 5];
gy521 = [21, 16, 4];
cell = [36, 31, 6];

wall = 1.6;      // four lines of a 0.4 mm nozzle
floor = 1.6;
air = 0.6;       // around each part
wires = 3;       // soldered wires above the boards
tray_floor = 1.2;
lip = 2;         // of the lid, into the base
fit = 0.2;       // between lip and base
strap = [3, 22]; // slots for laces or an elastic of 20 mm
ear = 7;         // the flange in which they are

inner = [max(xiao[0] + gy521[0] + 3 * air, cell[0] + 2 * air), cell[1] + 2 * air,
         max(xiao[2], gy521[2]) + wires + tray_floor + cell[2] + lip];
box = [inner[0] + 2 * wall, inner[1] + 2 * wall, floor + inner[2]];
outer = [box[0], box[1] + 2 * ear, box[2] + floor];

usb = [wall + 2, 10.5, 6.5]; // a plug's sleeve is wider than the socket; the light of the board shows beside it
button = 6.4;                // hole for the cap of a push button
switch = [6, 2.4];           // slot for the lever of a slide switch
beside = (xiao[1] / 2 + inner[1] / 2) / 2; // middle of the room beside the XIAO, for button and switch

echo(outer = outer);

module rounded(size, r = 3) {
  linear_extrude(size[2]) offset(r) offset(-r) square([size[0], size[1]], center = true);
}

// Left and right: an elastic goes round the foot, laces across it.
module ears() {
  for (side = [-1, 1]) translate([0, side * (box[1] + ear) / 2, 0]) difference() {
    translate([0, -side * wall, 0]) rounded([box[0] - 10, ear + 2 * wall, 3], 2);
    translate([0, side * 1.2, 1.5]) cube([strap[1], strap[0], 4], center = true);
  }
}

// The XIAO lies at the heel end with its USB socket in the wall, button and switch beside it; the
// GY-521 lies at the toe end, its X to the toes.
module base() {
  difference() {
    union() { rounded(box); ears(); }
    translate([0, 0, floor]) rounded([inner[0], inner[1], box[2]], 2);
    translate([-box[0] / 2, 0, floor + 1.2 + usb[2] / 2]) cube([usb[0] * 2, usb[1], usb[2]], center = true);
    translate([-box[0] / 2, beside, floor + 4.5]) rotate([0, 90, 0])
      cylinder(d = button, h = 3 * wall, center = true);
    translate([-box[0] / 2, -beside, floor + 4.5]) cube([3 * wall, switch[0], switch[1]], center = true);
  }
  // Two corners hold the GY-521 square: it must not turn.
  translate([inner[0] / 2 - air - gy521[0], -gy521[1] / 2 - 1.2, floor]) cube([gy521[0], 1.2, 1.6]);
  translate([inner[0] / 2 - air - gy521[0], gy521[1] / 2, floor]) cube([gy521[0], 1.2, 1.6]);
  // Four posts carry the tray; those at the heel stand behind button and switch.
  for (x = [10 - inner[0] / 2, inner[0] / 2 - 1.5], y = [-1, 1])
    translate([x, y * (inner[1] / 2 - 1.5), floor])
      linear_extrude(max(xiao[2], gy521[2]) + wires) square(3, center = true);
}

module tray() {
  difference() {
    rounded([inner[0] - 2 * fit, inner[1] - 2 * fit, tray_floor], 2);
    for (y = [-1, 1]) translate([0, y * inner[1] / 2, -1]) cylinder(d = 8, h = 4); // wires of the cell
  }
}

module lid() {
  difference() {
    union() {
      rounded([box[0], box[1], floor]);
      translate([0, 0, floor]) difference() {
        rounded([inner[0] - 2 * fit, inner[1] - 2 * fit, lip], 2);
        translate([0, 0, -1]) rounded([inner[0] - 2 * fit - 2, inner[1] - 2 * fit - 2, lip + 2], 1.5);
      }
    }
    // The arrow that counts, on top: the lid is printed upside down.
    translate([box[0] / 2 - 16, 0, -0.01]) linear_extrude(0.6) polygon([[0, -6], [10, 0], [0, 6]]);
    translate([-2, 0, -0.01]) linear_extrude(0.6) square([26, 3], center = true);
  }
}

if (part == "base" || part == "all") base();
if (part == "tray" || part == "all") translate(part == "all" ? [0, outer[1], 0] : [0, 0, 0]) tray();
if (part == "lid" || part == "all") translate(part == "all" ? [0, -outer[1], 0] : [0, 0, 0]) lid();
